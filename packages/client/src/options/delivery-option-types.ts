import { isObject } from '../json/json-object.ts';
import type { SpoolConfig } from './delivery-config.ts';
import type { Compression, OnDrop, OnFull } from './delivery-config.ts';
import type { Reader, Reading } from './reading.ts';

/** What the options of background delivery can hold, by the name of its type. */
export interface DeliveryOptionValues {
  /** Bytes, or events. */
  size: number;
  onFull: OnFull;
  compression: Compression;
  onDrop: OnDrop;
  spool: SpoolConfig;
}

const onFullValues: readonly OnFull[] = ['block', 'drop-oldest', 'drop-newest', 'throw'];
const compressions: readonly Compression[] = ['auto', 'gzip', 'none'];

const readOneOf =
  <Value extends string>(values: readonly Value[]): Reader<Value> =>
  (given) => {
    const value = values.find((each) => each === given);
    return value === undefined ? { problem: `must be one of ${values.join(', ')}` } : { value };
  };

const isCallback = (value: unknown): value is OnDrop => typeof value === 'function';

const defaultSpoolBytes = 256 * 1024 * 1024;

const isSize = (given: unknown): given is number =>
  typeof given === 'number' && Number.isSafeInteger(given) && given > 0;

function readSpool(given: unknown): Reading<SpoolConfig> {
  if (!isObject(given)) return { problem: 'must be an object with dir and maxBytes' };
  const { dir, maxBytes = defaultSpoolBytes, ...others } = given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    return { problem: `has ${unknown}, where only dir and maxBytes can be` };
  if (typeof dir !== 'string' || dir.trim() === '')
    return { problem: 'must have a dir that names a folder' };
  if (!isSize(maxBytes)) return { problem: 'must have a maxBytes that is a whole number from 1' };
  return { value: { dir, maxBytes } };
}

/** How each of them is read. */
export const deliveryOptionReaders: {
  readonly [Type in keyof DeliveryOptionValues]: Reader<DeliveryOptionValues[Type]>;
} = {
  size: (given) =>
    isSize(given) ? { value: given } : { problem: 'must be a whole number from 1' },
  onFull: readOneOf(onFullValues),
  compression: readOneOf(compressions),
  onDrop: (given) => (isCallback(given) ? { value: given } : { problem: 'must be a function' }),
  spool: readSpool,
};
