/** One notice at a time, whatever happened: a new one takes the place of the last. */
export const NOTICE_TAG = 'sigillo-request';
/** What happened, which never takes the place of a request. */
export const HAPPENED_TAG = 'sigillo-happened';
