/** Opens nothing but keys of tests. An identity, because a passphrase takes seconds for each file. */
export const LOCK = {
  identity: "AGE-SECRET-KEY-1M2KFLAL8GZ6ZY95MVLS95CTEJ8SGLC22T6L0Q2NMYSKGUNSUH8QSNFP9FJ",
};
export const OTHER_LOCK = {
  identity: "AGE-SECRET-KEY-16UMA75QRDMRJXWKP6DCY98N0ELJCEF6HK2G64W095FA3DH4M3ZGS8Q93RV",
};
