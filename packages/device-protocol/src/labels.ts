/**
 * What each derived value is for. A label is the first part of every input of HMAC and HKDF and of all
 * associated data, so that no value made for one purpose is ever good for another.
 */
export const LABELS = {
  unlockByCode: 'sigillo-device-1 unlock code',
  unlockByPrf: 'sigillo-device-1 unlock prf',
  kekByCode: 'sigillo-device-1 kek code',
  kekByPrf: 'sigillo-device-1 kek prf',
  kek: 'sigillo-device-1 kek',
  approvalKeyInner: 'sigillo-device-1 approval key inner',
  approvalKeyOuter: 'sigillo-device-1 approval key outer',
  seedByCode: 'sigillo-device-1 seed code',
  seedByPrf: 'sigillo-device-1 seed prf',
  seedMask: 'sigillo-device-1 seed mask',
  seedKey: 'sigillo-device-1 seed key',
} as const;
