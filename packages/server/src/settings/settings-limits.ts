import { findIssues, limits, modelPrices } from 'honeyhive-wire';
import type { Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

const sizeOf = (settings: JsonObject): number => Buffer.byteLength(JSON.stringify(settings));

/**
 * What is wrong with the settings that a change leads to. Settings of earlier versions may be over a limit: a change
 * that makes them smaller is taken.
 */
export function findSettingsIssues(before: JsonObject, after: JsonObject): Issue[] {
  const bytes = sizeOf(after);
  const isSmaller = bytes < sizeOf(before);
  return [
    ...findLongNames(Object.keys(after), 'settings'),
    ...findThresholdIssues(after['alert_thresholds'], isSmaller),
    ...findSourceIssues(after['sampling_by_source'], isSmaller),
    ...findIssues(modelPrices, after['prices'] ?? [], ['prices']),
    ...(bytes > limits.settingsBytes && !isSmaller
      ? [
          {
            field: 'settings',
            message: `${bytes} bytes with what is set already, at most ${limits.settingsBytes} are allowed (limit settingsBytes)`,
          },
        ]
      : []),
  ];
}

function findThresholdIssues(thresholds: unknown, isSmaller: boolean): Issue[] {
  if (!isJsonObject(thresholds) || isSmaller) return [];
  const names = Object.keys(thresholds);
  const field = 'alert_thresholds';
  if (names.length > limits.alertThresholds) {
    const message = `${names.length} thresholds with those set already, at most ${limits.alertThresholds} are allowed (limit alertThresholds)`;
    return [{ field, message }];
  }
  return findLongNames(names, field);
}

function findSourceIssues(rates: unknown, isSmaller: boolean): Issue[] {
  if (!isJsonObject(rates) || isSmaller) return [];
  const count = Object.keys(rates).length;
  const field = 'sampling_by_source';
  if (count <= limits.samplingSources) return findLongNames(Object.keys(rates), field);
  const message = `${count} sources, at most ${limits.samplingSources} are allowed (limit samplingSources)`;
  return [{ field, message }];
}

const findLongNames = (names: readonly string[], field: string): Issue[] =>
  names.some((name) => name.length > limits.settingNameChars)
    ? [
        {
          field,
          message: `names have at most ${limits.settingNameChars} characters (limit settingNameChars)`,
        },
      ]
    : [];
