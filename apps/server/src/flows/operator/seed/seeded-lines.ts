import type { SeededPerson } from './seed-demonstration.ts';

/** The demonstration accounts as a terminal shows them: a narrow table, then what goes into an app. */
export function seededLines(people: readonly SeededPerson[]): string[] {
  const header = { email: 'E-mail', userId: 'User id', password: 'Password', secondFactor: 'Second factor' };
  const rows = [header, ...people];
  const widthOf = (column: 'email' | 'userId' | 'password') =>
    Math.max(...rows.map((row) => row[column].length));
  const [email, userId, password] = [widthOf('email'), widthOf('userId'), widthOf('password')];
  const table = rows.map((row) =>
    [
      row.email.padEnd(email),
      row.userId.padEnd(userId),
      row.password.padEnd(password),
      row.secondFactor,
    ].join('  '),
  );
  const links = people.flatMap(({ email: address, keyUri }) =>
    keyUri === null ? [] : ['', `For the authenticator app of ${address}:`, keyUri],
  );
  return [...table, ...links];
}
