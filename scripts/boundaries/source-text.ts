import ts from 'typescript';

/** A call `name(…)` or `….name(…)` in a source file. */
export interface Call {
  name: string;
  /** What stands before the dot, as written: `Math` of `Math.random()`; empty without one. */
  receiver: string;
  /** `new name(…)` */
  isNew: boolean;
  arguments: readonly ts.Expression[];
  line: number;
}

/** What stands in a text for what a template puts in. */
export const PUT_IN = '‹put in›';

/** A text in a source file: a string, or a template whose substitutions read `PUT_IN`. */
export interface Text {
  text: string;
  line: number;
}

/** Every call and every text of a source file, comments left out. */
export function readSource(path: string, source: string): { calls: Call[]; texts: Text[] } {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, false);
  const calls: Call[] = [];
  const texts: Text[] = [];

  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(readCall(node, file, line));
    const text = readText(node);
    if (text !== undefined) texts.push({ text, line });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { calls, texts };
}

/** The text of a string without substitutions, undefined for anything else. */
export function literalText(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function readCall(node: ts.CallExpression | ts.NewExpression, file: ts.SourceFile, line: number): Call {
  const { expression } = node;
  const isMember = ts.isPropertyAccessExpression(expression);
  return {
    name: isMember ? expression.name.text : expression.getText(file),
    receiver: isMember ? expression.expression.getText(file) : '',
    isNew: ts.isNewExpression(node),
    arguments: node.arguments ?? [],
    line,
  };
}

function readText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => PUT_IN + span.literal.text).join('');
}
