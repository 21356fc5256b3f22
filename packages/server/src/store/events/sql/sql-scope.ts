import type { SqlParam, SqlParams, Statement } from '../engine/engine.ts';

/** Collects what the parts of one query share: the values of its placeholders and its named expressions. */
export class SqlScope {
  readonly #params: Map<string, SqlParam>;
  readonly #aliases: string[] = [];

  constructor(params = new Map<string, SqlParam>()) {
    this.#params = params;
  }

  /** For a query inside this one: the same placeholders, but separate named expressions on its own columns. */
  inner(): SqlScope {
    return new SqlScope(this.#params);
  }

  /** A placeholder for the text. */
  text(value: string): string {
    return this.#bind('String', value);
  }

  /** A placeholder for the number. */
  number(value: number): string {
    return this.#bind('Float64', value);
  }

  /** A placeholder for the list. */
  list(values: readonly string[]): string {
    return this.#bind('Array(String)', values);
  }

  /** A name for the expression, so that it is written, and computed, once. */
  alias(expression: string): string {
    const name = `e${this.#aliases.length}`;
    this.#aliases.push(`${expression} AS ${name}`);
    return name;
  }

  /** `WITH` and the named expressions, or nothing. */
  withClause(): string {
    return this.#aliases.length === 0 ? '' : `WITH ${this.#aliases.join(', ')} `;
  }

  params(): SqlParams {
    return Object.fromEntries(this.#params);
  }

  /** The query, with the expressions named so far before it. */
  statement(sql: string): Statement {
    return { sql: `${this.withClause()}${sql}`, params: this.params() };
  }

  #bind(type: string, value: SqlParam): string {
    const name = `p${this.#params.size}`;
    this.#params.set(name, value);
    return `{${name}:${type}}`;
  }
}
