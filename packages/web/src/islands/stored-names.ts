/** How every name begins under which a page keeps something in the browser: what leaving and forgetting look for. */
export const STORED_BY_US = "undersigned-";
