import type { Compression, OnDrop, OnFull } from './delivery-config.ts';

/** What the options of background delivery can hold, by the name of its type. */
export interface DeliveryOptionValues {
  /** Bytes, or events. */
  size: number;
  onFull: OnFull;
  compression: Compression;
  onDrop: OnDrop;
}

type Reading<Value> = { readonly value: Value } | { readonly problem: string };

const onFullValues: readonly OnFull[] = ['block', 'drop-oldest', 'drop-newest', 'throw'];
const compressions: readonly Compression[] = ['auto', 'gzip', 'none'];

const readOneOf =
  <Value extends string>(values: readonly Value[]) =>
  (given: unknown): Reading<Value> => {
    const value = values.find((each) => each === given);
    return value === undefined ? { problem: `must be one of ${values.join(', ')}` } : { value };
  };

const isCallback = (value: unknown): value is OnDrop => typeof value === 'function';

/** How each of them is read. */
export const deliveryOptionReaders: {
  readonly [Type in keyof DeliveryOptionValues]: (
    given: unknown,
  ) => Reading<DeliveryOptionValues[Type]>;
} = {
  size: (given) =>
    typeof given === 'number' && Number.isSafeInteger(given) && given > 0
      ? { value: given }
      : { problem: 'must be a whole number from 1' },
  onFull: readOneOf(onFullValues),
  compression: readOneOf(compressions),
  onDrop: (given) => (isCallback(given) ? { value: given } : { problem: 'must be a function' }),
};
