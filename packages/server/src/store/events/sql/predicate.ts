import type { Comparison } from './comparison.ts';
import type { SqlScope } from './sql-scope.ts';

/** A comparison as SQL conditions, one for each form in which a value is kept. They are never NULL. */
export interface Predicate {
  /** On an expression of type String. */
  readonly onText: (text: string) => string;
  /** On an expression of type Float64. */
  readonly onNumber: (number: string) => string;
  readonly onJson: JsonPredicate;
}

/**
 * The form in which a JSON value is looked at. `text` is the cheap one: a string as it is, anything else as its JSON
 * text, `''` for null and for no value. `raw` is always JSON text, `''` for no value.
 */
export interface JsonPredicate {
  readonly form: 'text' | 'raw';
  readonly holds: (value: string) => string;
}

/** ISO-8601 with a date at least; without a zone it is UTC. */
const instantPattern =
  '^[0-9]{4}-[01][0-9]-[0-3][0-9]([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$';

/** The finite number that a text spells; NULL when it spells none. */
export function textToNumber(text: string): string {
  const number = `toFloat64OrNull(${text})`;
  return `if(isFinite(${number}), ${number}, NULL)`;
}

const textToInstant = (text: string): string =>
  `coalesce(${textToNumber(text)}, if(match(${text}, '${instantPattern}'), toFloat64(toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${text}, 3, 'UTC'))), NULL))`;

/** Text of a scalar, JSON text of anything else. */
export const rawToText = (raw: string): string =>
  `if(startsWith(${raw}, '"'), JSONExtractString(${raw}), ${raw})`;

export function toPredicate(comparison: Comparison, scope: SqlScope): Predicate {
  switch (comparison.kind) {
    case 'exists':
      return { onText: () => '1', onNumber: () => '1', onJson: isPresent };
    case 'never':
      return { onText: () => '0', onNumber: () => '0', onJson: ofText(() => '0') };
    case 'equalsText':
      return equalsText(comparison.value, scope);
    case 'containsText':
      return containsText(comparison.value, scope);
    case 'equalsBoolean':
      return {
        ...onTexts((text) => `${text} = '${comparison.value}'`),
        onNumber: () => '0',
      };
    case 'comparesText':
      return comparesText(comparison.sign, scope.text(comparison.value));
    case 'comparesNumber':
      return comparesNumber(comparison.sign, scope.number(comparison.value));
    case 'comparesInstant':
      return comparesInstant(comparison.sign, scope.number(comparison.value));
  }
}

const ofText = (holds: JsonPredicate['holds']): JsonPredicate => ({ form: 'text', holds });

/** A condition on either a column or the text of a JSON value. */
const onTexts = (holds: JsonPredicate['holds']): Pick<Predicate, 'onText' | 'onJson'> => ({
  onText: holds,
  onJson: ofText(holds),
});

const isPresent: JsonPredicate = {
  form: 'raw',
  holds: (raw) => `${raw} NOT IN ('', 'null')`,
};

/** Numbers equal the text that JavaScript writes for them; the engine writes large ones in another form. */
function equalsText(value: string, scope: SqlScope): Predicate {
  const text = scope.text(value);
  const number = Number(value);
  const isNumber = String(number) === value && Number.isFinite(number);
  const holds =
    isNumber && Math.abs(number) >= 1e15
      ? (json: string) => `${json} IN (${text}, ${scope.text(toEngineForm(number))})`
      : (json: string) => `${json} = ${text}`;
  return {
    onText: (column) => `${column} = ${text}`,
    onNumber: (column) => (isNumber ? `${column} = ${scope.number(number)}` : '0'),
    // In the text form, an empty string looks like no value.
    onJson: value === '' ? { form: 'raw', holds: (raw) => `${raw} = '""'` } : ofText(holds),
  };
}

const toEngineForm = (number: number): string => number.toExponential().replace('e+', 'e');

function containsText(value: string, scope: SqlScope): Predicate {
  if (value === '') return { onText: () => '1', onNumber: () => '1', onJson: isPresent };
  const text = scope.text(value);
  return {
    ...onTexts((json) => `position(${json}, ${text}) > 0`),
    onNumber: (column) => `position(toString(${column}), ${text}) > 0`,
  };
}

const comparesText = (sign: string, text: string): Predicate => ({
  onText: (column) => `${column} ${sign} ${text}`,
  onNumber: (column) => `toString(${column}) ${sign} ${text}`,
  onJson: {
    form: 'raw',
    holds: (raw) => `(${raw} NOT IN ('', 'null') AND ${rawToText(raw)} ${sign} ${text})`,
  },
});

const orFalse = (condition: string): string => `ifNull(${condition}, 0)`;

/** Infinity, which some texts spell, is no number; leaving it out by a comparison keeps the condition cheap. */
const finiteBounds = { '>': '< inf', '<': '> -inf', '=': null } as const;

function comparesNumber(sign: keyof typeof finiteBounds, number: string): Predicate {
  const bound = finiteBounds[sign];
  return {
    ...onTexts((text) => {
      const own = `toFloat64OrNull(${text})`;
      return orFalse(`${own} ${sign} ${number}${bound === null ? '' : ` AND ${own} ${bound}`}`);
    }),
    onNumber: (column) => `${column} ${sign} ${number}`,
  };
}

const comparesInstant = (sign: string, instant: string): Predicate => ({
  ...onTexts((text) => orFalse(`${textToInstant(text)} ${sign} ${instant}`)),
  onNumber: (column) => `${column} ${sign} ${instant}`,
});
