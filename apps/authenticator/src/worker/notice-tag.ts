/** One notice at a time, whatever happened: a new one takes the place of the last. */
export const NOTICE_TAG = 'sigillo-request';
