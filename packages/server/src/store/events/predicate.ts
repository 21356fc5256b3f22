import type { Comparison } from './comparison.ts';
import type { SqlScope } from './sql-scope.ts';

/** A comparison as SQL conditions, one for each form in which a value is kept. They are never NULL. */
export interface Predicate {
  /** On an expression of type String. */
  readonly onText: (text: string) => string;
  /** On an expression of type Float64. */
  readonly onNumber: (number: string) => string;
  /** On the JSON text of a value; of `''` (absent) and `null` it is false. */
  readonly onJson: (json: string) => string;
}

const decimalPattern = '^-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$';
/** ISO-8601 with a date at least; without a zone it is UTC. */
const instantPattern =
  '^[0-9]{4}-[01][0-9]-[0-3][0-9]([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$';

export const textToNumber = (text: string): string =>
  `if(match(${text}, '${decimalPattern}'), toFloat64OrNull(${text}), NULL)`;

const textToInstant = (text: string): string =>
  `coalesce(${textToNumber(text)}, if(match(${text}, '${instantPattern}'), toFloat64(toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${text}, 3, 'UTC'))), NULL))`;

/** Only numbers begin with a minus or a digit, and those are neighbours in ASCII, `.` and `/` between them. */
const isJsonNumber = (json: string): string => `(${json} >= '-' AND ${json} < ':')`;

const isJsonText = (json: string): string => `startsWith(${json}, '"')`;

/** The number that a JSON value is or spells; NULL when it is none. */
export const jsonToNumber = (json: string): string =>
  `if(${isJsonNumber(json)}, toFloat64OrNull(${json}), ${textToNumber(`JSONExtractString(${json})`)})`;

const jsonToInstant = (json: string): string =>
  `if(${isJsonNumber(json)}, toFloat64OrNull(${json}), ${textToInstant(`JSONExtractString(${json})`)})`;

/** Text of a scalar, JSON text of anything else. */
export const jsonToText = (json: string): string =>
  `if(${isJsonText(json)}, JSONExtractString(${json}), ${json})`;

const orFalse = (condition: string): string => `ifNull(${condition}, 0)`;

const ofPresent =
  (condition: (json: string) => string) =>
  (json: string): string =>
    `(${json} NOT IN ('', 'null') AND ${condition(json)})`;

export function toPredicate(comparison: Comparison, scope: SqlScope): Predicate {
  switch (comparison.kind) {
    case 'exists':
      return { onText: () => '1', onNumber: () => '1', onJson: ofPresent(() => '1') };
    case 'never':
      return { onText: () => '0', onNumber: () => '0', onJson: () => '0' };
    case 'equalsText':
      return equalsText(comparison.value, scope);
    case 'containsText':
      return containsText(scope.text(comparison.value));
    case 'equalsBoolean':
      return equalsBoolean(comparison.value);
    case 'comparesText':
      return comparesText(comparison.sign, scope.text(comparison.value));
    case 'comparesNumber':
      return comparesNumber(comparison.sign, scope.number(comparison.value));
    case 'comparesInstant':
      return comparesInstant(comparison.sign, scope.number(comparison.value));
  }
}

/** A number equals the text that JavaScript writes for it, so that how the engine writes it does not matter. */
function equalsText(value: string, scope: SqlScope): Predicate {
  const text = scope.text(value);
  const number = String(Number(value)) === value ? scope.number(Number(value)) : null;
  const ways = (json: string): string[] => [
    `(${isJsonText(json)} AND JSONExtractString(${json}) = ${text})`,
    ...(number === null
      ? []
      : [`(${isJsonNumber(json)} AND toFloat64OrZero(${json}) = ${number})`]),
    ...(value === 'true' || value === 'false' ? [`${json} = '${value}'`] : []),
  ];
  return {
    onText: (column) => `${column} = ${text}`,
    onNumber: (column) => (number === null ? '0' : `${column} = ${number}`),
    onJson: ofPresent((json) => `(${ways(json).join(' OR ')})`),
  };
}

const containsText = (text: string): Predicate => ({
  onText: (column) => `position(${column}, ${text}) > 0`,
  onNumber: (column) => `position(toString(${column}), ${text}) > 0`,
  onJson: ofPresent((json) => `position(${jsonToText(json)}, ${text}) > 0`),
});

const equalsBoolean = (value: boolean): Predicate => ({
  onText: (column) => `${column} = '${value}'`,
  onNumber: () => '0',
  onJson: (json) => `${json} IN ('${value}', '"${value}"')`,
});

const comparesText = (sign: string, text: string): Predicate => ({
  onText: (column) => `${column} ${sign} ${text}`,
  onNumber: (column) => `toString(${column}) ${sign} ${text}`,
  onJson: ofPresent((json) => `${jsonToText(json)} ${sign} ${text}`),
});

const comparesNumber = (sign: string, number: string): Predicate => ({
  onText: (column) => orFalse(`${textToNumber(column)} ${sign} ${number}`),
  onNumber: (column) => `${column} ${sign} ${number}`,
  onJson: (json) => orFalse(`${jsonToNumber(json)} ${sign} ${number}`),
});

const comparesInstant = (sign: string, instant: string): Predicate => ({
  onText: (column) => orFalse(`${textToInstant(column)} ${sign} ${instant}`),
  onNumber: (column) => `${column} ${sign} ${instant}`,
  onJson: (json) => orFalse(`${jsonToInstant(json)} ${sign} ${instant}`),
});
