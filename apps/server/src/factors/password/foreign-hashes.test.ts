import { expect, test } from 'vitest';
import { readForeignHash } from './foreign-hashes.ts';

/** Made by other software: the first four stand in the documentation or tests of passlib and Django. */
const HASHES: [format: string, password: string, stored: string][] = [
  [
    'PBKDF2-SHA256 of passlib',
    'password',
    '$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdAw$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M',
  ],
  [
    'PBKDF2-SHA256 of Django',
    'lètmein',
    'pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=',
  ],
  [
    'scrypt',
    'password',
    '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  ],
  [
    'PBKDF2-SHA512 of passlib',
    'città',
    '$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$Pl7gicr7przx.fzVIU7DZLmLGCQsNuEtj5LedqfZp7fpjYYp7X7YJ5l0rtDoY/jfvyN1WB8jx.siXkqGvzPehQ',
  ],
  [
    'PBKDF2-SHA512 of Django',
    'città',
    'pbkdf2_sha512$1000$seasalt$WL1xaAdXiQgRvbav6cs963mthEhKWwh0zwN2biRoVCbFna/sDXtYWO2tln125WEl1Bo1HeG5dAaj+HlFAAsEyw==',
  ],
  ['bcrypt', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt of PHP', 'U*U*', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['salted SHA-1', 'città', '{SSHA}JggAV2IHEho2UX2zWJgEW4/ftLABAgMEBQYHCA=='],
  ['salted SHA-256', 'città', '{SSHA256}ZRZ65cLaIcMJa0qKm99B1TMlaCAkMuti9M/ZAeNAvV0BAgMEBQYHCA=='],
  [
    'salted SHA-512',
    'città',
    '{SSHA512}ggQjVjuDzmuEjIstj6+t2MKlMpbSr0wzkHSH1FQme/J+gZGnC01selTrZL6nNKh3wBbFY6gbCTwDfeMv6RPBsgECAwQFBgcI',
  ],
];

test.each(HASHES)('%s fits its password and no other', async (_, password, stored) => {
  const isRight = readForeignHash(stored);
  expect(await isRight?.(password)).toBe(true);
  expect(await isRight?.(`${password} `)).toBe(false);
  expect(await isRight?.('')).toBe(false);
});

test.each(HASHES)('%s with one changed character fits no longer', async (_, password, stored) => {
  const last = stored.search(/[^=]{4}=*$/);
  const changed = stored.slice(0, last) + (stored[last] === 'A' ? 'B' : 'A') + stored.slice(last + 1);
  expect((await readForeignHash(changed)?.(password)) ?? false).toBe(false);
});

test.each([
  '',
  'password',
  '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$pbkdf2-sha1$1000$c2FsdA$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M',
  '$pbkdf2-sha256$0$0ZrzXitFSGltTQnBWOsdAw$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M',
  '$pbkdf2-sha256$99999999$0ZrzXitFSGltTQnBWOsdAw$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M',
  '$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdAw$Y11A',
  '$scrypt$ln=30,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  '$scrypt$ln=0,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh',
  '{SSHA}JggAV2IHEho2UX2zWJgEW4/ftLA=',
  '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
  '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  '{CLEARTEXT}password',
])('"%s" is not read', (stored) => {
  expect(readForeignHash(stored)).toBeUndefined();
});
