import { gsm7Length, toGsm7 } from './gsm7.ts';
import type { Params } from './readable-params.ts';
import { cut, SMS_LENGTH } from './sms-text.ts';
import type { Translate } from './translate.ts';

/**
 * A notice in one SMS: the text `<template>.sms`. No link is in it: whoever forges such messages lives by links.
 * What does not fit is cut, the name of the service first.
 */
export function noticeSms(template: string, params: Params, t: Translate): string {
  const write = (service: string) => toGsm7(t(`${template}.sms`, { ...params, service }));
  const service = toGsm7(params.service ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const room = SMS_LENGTH - (gsm7Length(write('')) ?? SMS_LENGTH);
  return cut(write(cut(service, Math.max(room, 0))), SMS_LENGTH);
}
