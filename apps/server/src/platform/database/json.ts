/** What a column of JSON holds. */
export type Json = unknown;
