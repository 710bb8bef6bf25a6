/**
 * Arithmetic in parentheses, as fio's: + - * / % ^, suffixes inside, parentheses in parentheses.
 * The usual order holds, ^ binds tightest and to the right. What an operand is, the caller says;
 * its `power` tells a time (1) from a bare number (0), so that `(2*3s)` is one and `(2+3s)` none:
 * fio reads the 2 there as microseconds. Left out: a suffix behind the closing parenthesis.
 */

import { quoted } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

export interface Amount {
  readonly value: number;
  /** Of the unit: 0 a bare number, 1 a time, 2 a time times a time. */
  readonly power: number;
}

export type ReadOperand = (text: string) => Parsed<Amount>;

/** Nobody writes as many, and each is a call deep. */
const DEPTH_MAX = 64;
const TOKEN = /\s*([-+*/%^()]|[0-9a-z.]+|.)/giy;

/** `text` begins with a parenthesis; whatever it holds, the answer is an amount or a sentence. */
export function parseExpression(text: string, read: ReadOperand): Parsed<Amount> {
  const reader = new ExpressionReader(text, read);
  const amount = reader.whole();
  if (reader.problem !== null) return refused(`${quoted(text)}: ${reader.problem}`);
  return accepted(amount);
}

class ExpressionReader {
  problem: string | null = null;
  private readonly tokens: readonly string[];
  private readonly read: ReadOperand;
  private next = 0;
  private depth = 0;

  constructor(text: string, read: ReadOperand) {
    this.tokens = Array.from(text.trim().matchAll(TOKEN), (match) => match[1] ?? '');
    this.read = read;
  }

  whole(): Amount {
    const amount = this.inParentheses();
    const rest = this.peek();
    if (rest !== '') this.refuse(`${quoted(rest)} stands behind the last parenthesis; remove it`);
    return amount;
  }

  private sum(): Amount {
    let left = this.product();
    while (this.peek() === '+' || this.peek() === '-') {
      const sign = this.take() === '+' ? 1 : -1;
      const right = this.product();
      if (left.power !== right.power) {
        this.refuse('a bare number is added to a time; write its unit, as 3us or 3s');
      }
      left = { value: left.value + sign * right.value, power: left.power };
    }
    return left;
  }

  private product(): Amount {
    let left = this.signed();
    for (let operator = this.peek(); isOneOf('*/%', operator); operator = this.peek()) {
      this.take();
      const right = this.signed();
      if (operator !== '*' && right.value === 0) this.refuse(`${operator} by 0; change it`);
      if (operator === '*') left = times(left, right);
      else if (operator === '/') left = over(left, right);
      else left = { value: left.value % right.value, power: left.power };
    }
    return left;
  }

  private signed(): Amount {
    if (this.peek() !== '-') return this.power();
    this.take();
    if (++this.depth > DEPTH_MAX) return this.tooDeep();
    const { value, power } = this.signed();
    this.depth--;
    return { value: -value, power };
  }

  private power(): Amount {
    const base = this.operand();
    if (this.peek() !== '^') return base;
    this.take();
    if (++this.depth > DEPTH_MAX) return this.tooDeep();
    const { value: count, power: unit } = this.signed();
    this.depth--;
    if (unit !== 0 || !Number.isInteger(count) || count < 0 || count > DEPTH_MAX) {
      return this.refuse(`the exponent is no whole number from 0 to ${DEPTH_MAX}; write one`);
    }
    let result: Amount = { value: 1, power: 0 };
    for (let step = 0; step < count; step++) result = times(result, base);
    return result;
  }

  private operand(): Amount {
    if (this.peek() === '(') return this.inParentheses();
    const token = this.take();
    if (!/^[0-9]/.test(token)) {
      const found = token === '' ? 'it ends' : `${quoted(token)} stands`;
      return this.refuse(`${found} where a number should be; write one`);
    }
    const operand = this.read(token);
    return operand.ok ? operand.value : this.refuse(operand.what);
  }

  private inParentheses(): Amount {
    if (this.take() !== '(') return this.refuse('no parenthesis opens it');
    if (++this.depth > DEPTH_MAX) return this.tooDeep();
    const amount = this.sum();
    this.depth--;
    if (this.take() !== ')') this.refuse('a parenthesis is not closed; write )');
    return amount;
  }

  private peek(): string {
    return this.problem === null ? (this.tokens[this.next] ?? '') : '';
  }

  private take(): string {
    const token = this.peek();
    this.next++;
    return token;
  }

  private tooDeep(): Amount {
    return this.refuse(`more than ${DEPTH_MAX} parentheses or signs deep; write the value`);
  }

  /** The first mistake is told: what follows from it helps nobody. */
  private refuse(what: string): Amount {
    this.problem ??= what;
    return { value: 0, power: 0 };
  }
}

function isOneOf(operators: string, token: string): boolean {
  return token !== '' && operators.includes(token);
}

function times(left: Amount, right: Amount): Amount {
  return { value: left.value * right.value, power: left.power + right.power };
}

function over(left: Amount, right: Amount): Amount {
  return { value: left.value / right.value, power: left.power - right.power };
}
