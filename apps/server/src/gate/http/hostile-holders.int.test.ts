import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  recover,
  sendCode,
  setUpApp,
  signIn,
  tryCode,
  tryFinish,
  tryPassword,
} from '../../../../../tests/setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../../../../../tests/setup/populated.ts';

/** What people with an account, a password or a phone that is not theirs might try. */
let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(1);
});
afterAll(() => on[Symbol.asyncDispose]());

const methodsOf = ({ options }: Ceremony) => options.map((option) => option.method).sort();

describe('a phone that was taken away', () => {
  test('[REC-4] a number removed with its codes recovers nothing any more', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    const browser = await signIn(on, on.browser(), holder);
    const { authenticators } = good(
      await browser.get<{ authenticators: { id: string; type: string }[] }>('/api/account'),
    );
    const sms = authenticators.find((one) => one.type === 'sms-code');
    good(await browser.post(`/api/account/authenticators/${sms?.id}/remove`));
    expect(methodsOf(await recover(on.browser(), holder))).toEqual(['email-code', 'totp']);
  });

  test('[REC-4] after a recovery by e-mail the phone that was lost is no way of the next one', async () => {
    const holder = await on.holder({ sms: true });
    const browser = on.browser();
    let ceremony = await recover(browser, holder);
    const sent = await sendCode(on, browser, ceremony, 'email-code', holder.email);
    ceremony = good(await tryCode(browser, sent.ceremony, 'email-code', sent.code)).ceremony;
    await setUpApp(on, browser, ceremony);
    expect(methodsOf(await recover(on.browser(), holder))).toEqual(['email-code', 'totp']);
  });

  test('[OTP-5] a method that a stranger closed is open again after the recovery, with the same number', async () => {
    const holder = await on.holder({ sms: true });
    const thief = on.browser();
    for (let round = 0; round < 20; round++) {
      const signingIn = await enterPassword(thief, holder);
      const sent = await sendCode(on, thief, signingIn, 'sms-code', holder.phone);
      const wrong = sent.code === '000000' ? '111111' : '000000';
      for (let tried = 0; tried < 5; tried++) await tryCode(thief, sent.ceremony, 'sms-code', wrong);
    }
    const owner = on.browser();
    let ceremony = await recover(owner, holder);
    const sent = await sendCode(on, owner, ceremony, 'email-code', holder.email);
    ceremony = good(await tryCode(owner, sent.ceremony, 'email-code', sent.code)).ceremony;
    const before = (await on.dev.outbox(holder.phone)).length;
    const path = `/api/ceremonies/${ceremony.id}/enrolments`;
    const begun = await owner.post<{ enrolment: { id: string; challenge: { id: string } } }>(path, {
      method: 'sms-code',
      phone: holder.phone,
    });
    const { id, challenge } = good(begun).enrolment;
    const code = await on.dev.code(holder.phone, before);
    good(await owner.post(`${path}/${id}/proofs`, { code, challenge: challenge.id }));
    const again = on.browser();
    const back = await sendCode(on, again, await enterPassword(again, holder), 'sms-code', holder.phone);
    expect(good(await tryCode(again, back.ceremony, 'sms-code', back.code)).ceremony.state).toBe('satisfied');
  });
});

describe('a stolen password', () => {
  test('[SES-3] the first second factor ends the sessions that the password alone had opened', async () => {
    const holder = await on.holder();
    const thief = await signIn(on, on.browser(), holder);
    const owner = await signIn(on, on.browser(), holder);
    const { ceremony } = good(await owner.post<InCeremony>('/api/account/authenticators'));
    await setUpApp(on, owner, ceremony);
    expect(await isSignedIn(owner)).toBe(true);
    expect(await isSignedIn(thief)).toBe(false);
  });

  test('[SES-3] nor is a sign-in that had begun before it finished with the password alone', async () => {
    const holder = await on.holder();
    const [thief, patient] = [on.browser(), on.browser()];
    const [begun, other] = [await enterPassword(thief, holder), await enterPassword(patient, holder)];
    const owner = await signIn(on, on.browser(), holder);
    const { ceremony } = good(await owner.post<InCeremony>('/api/account/authenticators'));
    await Promise.all([setUpApp(on, owner, ceremony), tryFinish(thief, begun)]);
    expect(outcome(await tryFinish(patient, other))).toBe('409 proof-missing');
    expect(await isSignedIn(patient)).toBe(false);
    // Whichever was first.
    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(owner)).toBe(true);
  });

  test('[PW-6] whoever keeps the account paused does not keep out the browser that reset the password', async () => {
    const holder = await on.holder();
    const owner = on.browser();
    good(await owner.post('/api/password-resets', { identifier: holder.email }));
    const token = await on.dev.linkToken(holder.email);
    const password = 'a new one after the attack';
    good(await owner.post('/api/password-resets/complete', { token, password }));
    const attacker = on.browser();
    for (let tried = 0; tried < 6; tried++) await tryPassword(attacker, holder.email, 'a guess, and wrong');
    expect(outcome(await tryPassword(on.browser(), holder.email, password))).toBe('429 too-many-tries');
    expect(outcome(await tryPassword(owner, holder.email, password))).toBe('200');
  });

  test('[OTP-6] who has a factor that is not accepted here shows it before setting up another', async () => {
    const holder = await on.holder({ sms: true });
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/enrolments`, { method: 'totp' }))).toBe(
      '409 method-unavailable',
    );
    expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
  });
});

describe('limits that nobody renews', () => {
  test('[OTP-4] ever new contacts do not send ever more codes to one number; nor do new accounts', async () => {
    await on.dev.liftLimits(false);
    const phone = '+393337770001';
    const other = '+393337770002';
    const sent: string[] = [];
    for (let account = 0; account < 2; account++) {
      const browser = await signIn(on, on.browser(), await on.holder());
      const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
      for (const number of [phone, other, phone, other])
        sent.push(
          outcome(
            await browser.post(`/api/ceremonies/${ceremony.id}/enrolments`, {
              method: 'sms-code',
              phone: number,
            }),
          ),
        );
    }
    expect(sent).toEqual(['201', '201', ...Array(6).fill('429 send-later')]);
    await on.dev.liftLimits(true);
  });

  test('[RATE-3] SMS to one number: one in 30 seconds, three in ten minutes, ten in a day, whoever asks', async () => {
    await on.dev.liftLimits(false);
    const phone = '+393337770003';
    let browser = on.browser();
    /** From another account and another network each time. */
    const ask = async () => {
      browser = await signIn(on, on.browser(), await on.holder());
      const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
      const path = `/api/ceremonies/${ceremony.id}/enrolments`;
      return outcome(await browser.post(path, { method: 'sms-code', phone }));
    };
    expect([await ask(), await ask()]).toEqual(['201', '429 send-later']);
    await on.advance(31);
    expect(await ask()).toBe('201');
    await on.advance(31);
    expect(await ask()).toBe('201');
    await on.advance(31);
    expect(await ask()).toBe('429 send-later');
    for (let sent = 3; sent < 10; sent++) {
      await on.advance(1201);
      expect(await ask(), `number ${sent + 1}`).toBe('201');
    }
    await on.advance(1201);
    expect(await ask()).toBe('429 send-later');
    await on.dev.liftLimits(true);
  });

  test('[RATE-3] SMS from one network: ten in an hour, to whichever numbers, for whichever accounts', async () => {
    await on.dev.liftLimits(false);
    const answers: string[] = [];
    for (let asked = 0; asked < 11; asked++) {
      const browser = await signIn(on, on.browser(0, '198.51.100.77'), await on.holder());
      const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
      const path = `/api/ceremonies/${ceremony.id}/enrolments`;
      const phone = `+3933377711${String(asked).padStart(2, '0')}`;
      answers.push(outcome(await browser.post(path, { method: 'sms-code', phone })));
    }
    expect(answers).toEqual([...Array(10).fill('201'), '429 send-later']);
    await on.dev.liftLimits(true);
  });

  test('[PW-4] recovery codes are no way to use up the hashing of everybody', async () => {
    const browser = await signIn(on, on.browser(), await on.holder());
    await on.dev.liftLimits(false);
    const answers: string[] = [];
    for (let asked = 0; asked < 7; asked++)
      answers.push(outcome(await browser.post('/api/account/recovery-codes')));
    expect(answers).toEqual([...Array(5).fill('201'), '429 too-many-tries', '429 too-many-tries']);
    await on.dev.liftLimits(true);
  });

  test('letters that strangers cause: four in ten minutes to one address, whichever page asks, told alike', async () => {
    await on.dev.liftLimits(false);
    const email = 'flooded@example.org';
    const answers: string[] = [];
    for (let asked = 0; asked < 4; asked++) {
      const ask = { email, password: 'correct horse battery staple', language: 'en' };
      answers.push(outcome(await on.browser().post('/api/registrations', ask)));
      const help = { email, topic: 'other', message: 'hello' };
      answers.push(outcome(await on.browser().post('/api/support', help)));
    }
    expect(new Set(answers)).toEqual(new Set(['202']));
    await on.dev.liftLimits(true);
    expect((await on.dev.outbox(email)).length).toBe(1);
  });
});
