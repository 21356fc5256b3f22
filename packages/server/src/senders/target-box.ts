import { isJsonObject } from '../domain/json-text.ts';
import type { AlertTarget } from '../domain/alert-target.ts';
import type { SecretBox } from '../store/secret-box.ts';

/** @param destinationId whose target it is */
export const sealTarget = (box: SecretBox, target: AlertTarget, destinationId: string): string =>
  box.seal(JSON.stringify(target), destinationId);

/** null: it was sealed with another secrets key. */
export function openTarget(
  box: SecretBox,
  sealed: string,
  destinationId: string,
): AlertTarget | null {
  const text = box.open(sealed, destinationId);
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? assumeTarget(value) : null;
}

/** What opens is what {@link sealTarget} sealed. */
function assumeTarget(value: object): AlertTarget {
  return value as AlertTarget;
}
