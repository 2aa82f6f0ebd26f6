/** A key of Web Crypto, whichever library of types declares it: that of browsers, or Node's. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
