/**
 * Why each table and column is there. A test compares this with the database of both engines, so nothing is kept that
 * nobody has given a reason for.
 */
export const schemaReasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  migration: {
    name: "Which changes of the schema have been made, so that each is made once.",
  },
  workforce: {
    number: "Short name of the workforce in the other tables.",
    id: "The workforce's public id, by which requests name it.",
    log_key: "Public log key; unique, so that two logs never share an origin.",
    size: "Number of leaves of the log: where the next one goes.",
    root: "Root that was signed at this size; damaged tiles are noticed by it before anything is built on them.",
    checkpoint: "The signed note that readers fetch.",
    index_file: "The public index at this size, written with the checkpoint so that the two agree.",
    last_tick: "Day of the last tick, so that there is one a day; a day of the clock, not of anyone's act.",
  },
  manifest_version: {
    workforce: "Whose manifest it is.",
    version: "Place in the chain of manifests.",
    hash: "Which public file it is; the next version names it.",
    leaf_index: "Where its leaf is, for the public index.",
  },
  epoch: {
    workforce: "Whose epoch it is.",
    epoch: "Its number, by which letters, tokens and statements name it.",
    leaf_index: "Where its leaf is, for the public index.",
    leaf: "Copy of the public leaf: which key statements tokens are checked against.",
  },
  letter: {
    number: "Short name of the letter in the other tables, in the order of their public leaves.",
    workforce: "In whose log it is.",
    id: "The letter's public id.",
    leaf_index: "Where its leaf is, for the public index.",
    leaf: "Copy of the public leaf: epoch, slot, days and batch rule.",
    closing_index: "Where its closing leaf is: after it nothing is endorsed.",
    endorsements: "How many of its endorsements the log holds, for the public index and the next ordinal.",
    counted_mailbox: "Released state by class, for the closing leaf and the public index.",
    counted_vouched: "Released state by class, for the closing leaf and the public index.",
    withdrawn_mailbox: "Released state by class, for the closing leaf and the public index.",
    withdrawn_vouched: "Released state by class, for the closing leaf and the public index.",
    first_day: "Day of its first batch with endorsements, public in that batch's leaf.",
    last_day: "Day of its last one: pages say between which days mailboxes were proved.",
    bits: "Into how many public buckets its released keys are divided.",
  },
  client: {
    workforce: "In whose log the client build is stated.",
    leaf_index: "Where its leaf is, for the public index.",
    hash: "Which build it is, so that each is stated once.",
  },
  issuance: {
    workforce: "In whose log the statement is.",
    epoch: "Of which epoch it speaks.",
    registrar: "Public key of the registrar that made it.",
    leaf_index: "Where its leaf is, for the public index.",
    leaf: "Its newest public statement: no more may be endorsed, and a lower number is refused.",
  },
  destruction: {
    workforce: "In whose log the statement is.",
    epoch: "Which epoch's keys the registrar states to have destroyed.",
    registrar: "Public key of the registrar, so that each is logged once.",
    leaf_index: "Where its leaf is, for the public index.",
    leaf: "The public leaf: the same one again gets the same answer.",
  },
  token_use: {
    letter: "Letter whose released endorsements are counted.",
    class: "Their class, for a registrar has other keys for each.",
    registrar: "Public key of the registrar whose tokens they hold.",
    uses: "How many there are, to compare with what the registrar states to have issued.",
  },
  public_file: {
    workforce: "Below whose prefix the file is served.",
    kind: "0 for manifests, 1 for key statements, 2 for client builds, 3 for captured copies, 4 to 7 for records, what stands in their place, answers and documents: the folder.",
    hash: "The file's name, by which leaves refer to it.",
    bytes: "The file itself, as it is served.",
  },
  tile: {
    workforce: "Whose log it belongs to.",
    level: "Level in the tree.",
    tile_index: "Place in the level.",
    width: "How many hashes it holds so far.",
    bytes: "The hashes; narrower tiles of earlier checkpoints are cut from them.",
  },
  bundle: {
    workforce: "Whose log it belongs to.",
    bundle_index: "Place in the log.",
    width: "How many entries it holds so far.",
    bytes: "The entries, gzip.",
  },
  pool: {
    hash: "Leaf hash: the name of the leaf, and the order of the rows in place of their arrival.",
    letter: "Letter that it belongs to; part of the leaf that the packed bytes leave out.",
    leaf: "The accepted leaf, until it is released or destroyed.",
    opening:
      "What the person chose to show with this leaf, until it is released; null if anonymous or superseded.",
    remainder: "Whether the person agreed to a batch under the minimum at closing; never published.",
  },
  signatory: {
    letter: "Letter that the key has endorsed.",
    bucket: "First bits of the key's hash: the order of the rows, and that of the public buckets.",
    key: "The slot's public key, fresh for each letter; a second endorsement by it is refused.",
    class: "Class of its endorsement, for the counts.",
    chain:
      "Hashes of its leaves, pending ones included: what a next leaf must follow, and which repeats are known.",
    released: "Seq of its newest leaf in the log: the state that is published.",
    head_index: "Where that leaf is.",
    ordinal: "Place of its endorsement among the letter's in the log: on which page of openings it is.",
    withdrawn: "Whether the newest leaf in the log is a withdrawal.",
  },
  hidden_opening: {
    letter: "Letter on whose pages it says that something is hidden.",
    ordinal: "Place on those pages, which is that of the endorsement in the log.",
    leaf_index: "Leaf that holds the commitment to what is hidden.",
    reason: "Why, in one public word, for the person and for readers.",
    day: "Day of that decision, public; an organiser's or the tick's, not the signatory's.",
    bytes: "What waits for an organiser to look at; null once it is hidden, so that nothing of it stays.",
  },
  unlisted_letter: {
    letter: "Letter whose text is, or was, for those with its link only.",
    file: "The public file: the text sealed under the key of the link, which the board does not keep.",
    text: "The text sealed under the board's own key, to check what is signed; null once it is public.",
  },
  early_closing: {
    letter: "Letter whose last day was moved.",
    leaf_index: "Where the leaf is, for the public index.",
    leaf: "The public leaf: the new last day, and who agreed; the same again gets the same answer.",
  },
  delivery: {
    letter: "Letter that was handed over.",
    leaf_index: "Where the leaf is, for the public index.",
    leaf: "The public leaf: the same delivery again gets the same answer.",
  },
  record_leaf: {
    letter: "Letter whose further life the record tells of.",
    leaf_index: "Where the leaf is, for the public index, and which record came last.",
    kind: "0 for answers, 1 for judgements, 2 for changes of the register, 3 for entries of the chronicle: which list of the index, and what may follow.",
    hash: "The record's name: the same one again gets the same answer, also once its text is withheld.",
    demand:
      "Which demand is judged, so that the next judgement of it can follow this one; null for the others.",
    language:
      "Into which language an entry translates the letter, so that the next translation replaces it, also once it is withheld.",
    evidence:
      "Hash of the public file that proves an answer by mail: the same mail again is no further answer.",
    leaf: "The public leaf, with its day: no later leaf may have an earlier one.",
  },
  dealing_row: {
    letter: "Letter in whose register the row is.",
    id: "Public id of a row that is there now: how many there are is bounded.",
  },
  followed: {
    workforce:
      "Whose letters are followed; the id that the operator was given, from which all trust in them begins.",
    url: "Address of the board or mirror that is asked for the public files.",
    verified:
      "What the last recount without a failure found, with its day: numbers are shown from here alone.",
    checkpoint: "The log's signed state at that recount, which every later one must continue.",
    problem: "What was wrong at the last try, as a code; null where nothing was.",
    problem_day: "Day of that try; a day of the clock, not of anyone's act.",
  },
  opening: {
    letter: "Letter on whose pages it is shown.",
    ordinal: "Place on those pages, which is that of the endorsement in the log.",
    leaf_index: "Leaf that holds the commitment to it.",
    bytes: "What the person chose to show, with its salt; erased on revision, withdrawal or request.",
  },
};
