import type { FieldError } from '@sigillo/ui';
import type { TFunction } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepDraft, readDraft } from './drafts.ts';
import { fieldErrorsOf } from './field-errors.ts';
import { type Action, useAction } from './use-action.ts';

type Values = Record<string, string>;

/** Says what is wrong with a value, as the key of a text, or undefined when it may be sent. */
export type Check<V extends Values = Values> = (value: string, values: V) => string | undefined;

interface FormOptions<V extends Values> {
  /** Prefix of the ids of the fields, and name of the draft. */
  name: string;
  initial: V;
  checks: { [Name in keyof V]?: Check<V> };
  /** Fields kept while the portal is open, also when leaving the page; never passwords or codes. */
  keep?: readonly (keyof V)[];
  /** Fields emptied when the server refuses what was sent. */
  forget?: readonly (keyof V)[];
  /** What the form is for. A problem it throws is shown above the form. */
  send: (values: V) => Promise<unknown>;
}

/** What a field of the form needs; see `TextField`. */
export interface FieldBinding {
  id: string;
  name: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

export interface Form<V extends Values> extends Omit<Action, 'run' | 'fail'> {
  values: V;
  change: (changes: Partial<V>) => void;
  field: (name: keyof V & string) => FieldBinding;
  errors: FieldError[];
  onSubmit: (event: FormEvent) => Promise<void>;
}

/** Values, checks, sending and failing of one form. What was typed stays when something fails. */
export function useForm<V extends Values>(options: FormOptions<V>): Form<V> {
  const { t } = useTranslation('problems');
  const { run, fail, ...state } = useAction();
  const [values, setValues] = useState<V>(() => ({ ...options.initial, ...readDraft(options.name) }));
  const [found, setFound] = useState<Values>({});
  const wrong = state.problem ? fieldErrorsOf(t, state.problem, Object.keys(values)) : translated(t, found);
  const idOf = (name: string): string => `${options.name}-${name}`;

  const change = (changes: Partial<V>): void => {
    // What was typed meanwhile stays: a file, for one, changes its field when it has been sent.
    setValues((now) => {
      const next = { ...now, ...changes };
      keepDraft(options.name, next, options.keep ?? []);
      return next;
    });
    setFound((mistakes) => without(mistakes, changes));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (state.busy || state.waitSeconds > 0) return;
    const mistakes = runChecks(options.checks, values);
    setFound(mistakes);
    if (Object.keys(mistakes).length > 0) return fail();
    if (await run(() => options.send(values))) return;
    setValues((now) => ({ ...now, ...emptied(options.forget) }));
  };

  return {
    ...state,
    values,
    change,
    field: (name) => ({
      id: idOf(name),
      name,
      value: values[name] ?? '',
      error: wrong[name],
      onChange: (value) => change({ [name]: value } as Partial<V>),
    }),
    errors: Object.entries(wrong).map(([name, message]) => ({ fieldId: idOf(name), message })),
    onSubmit: submit,
  };
}

function translated(t: TFunction, mistakes: Values): Values {
  return Object.fromEntries(Object.entries(mistakes).map(([name, key]) => [name, t(key)]));
}

function without(mistakes: Values, mended: object): Values {
  return Object.fromEntries(Object.entries(mistakes).filter(([name]) => !(name in mended)));
}

function emptied(names: readonly PropertyKey[] = []): Values {
  return Object.fromEntries(names.map((name) => [name, '']));
}

function runChecks<V extends Values>(checks: FormOptions<V>['checks'], values: V): Values {
  const mistakes: Values = {};
  for (const [name, value] of Object.entries(values)) {
    const mistake = checks[name]?.(value, values);
    if (mistake) mistakes[name] = mistake;
  }
  return mistakes;
}
