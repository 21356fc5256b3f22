import type { HoneyHiveClient } from '../client/client.ts';

/** The methods whose result is one value. */
const valueMethods = [
  'createSession',
  'getSession',
  'createEvent',
  'getEvent',
  'updateEvent',
  'createEventsBatch',
  'createProject',
  'getProject',
  'getConfiguration',
  'updateConfiguration',
  'getHealth',
  'getHealthAsync',
  'request',
] as const satisfies readonly (keyof HoneyHiveClient)[];

/** The methods whose result is a receipt, of which the blocking view returns the ids. */
const logMethods = ['logEvent', 'logSession'] as const satisfies readonly (keyof HoneyHiveClient)[];

/** A method that logs for the background. */
export type LogMethod = (typeof logMethods)[number];

/** The methods that report on logged events. */
const deliveryMethods = ['flush', 'stats'] as const satisfies readonly (keyof HoneyHiveClient)[];

/** The methods whose result is a list, and the field of a page that holds its items. */
const itemFields = {
  listSessions: 'sessions',
  listEvents: 'events',
  listProjects: 'projects',
} as const satisfies Partial<Record<keyof HoneyHiveClient, string>>;

/** A method whose result is a list. */
export type ListMethod = keyof typeof itemFields;

/** A method of the client that both of its views have. */
export type MethodName =
  | (typeof valueMethods)[number]
  | (typeof deliveryMethods)[number]
  | LogMethod
  | ListMethod;

export const isLogMethod = (name: MethodName): name is LogMethod =>
  logMethods.some((method) => method === name);

/** Whether the first argument is what the method sends: a session, events or a change. */
export const sendsEvents = (name: MethodName): boolean =>
  /^(?:create(?:Session|Event)|updateEvent|log)/.test(name);

export const isListMethod = (name: MethodName): name is ListMethod => name in itemFields;

/** Name of the field of a page that holds its items. */
export const itemFieldOf = (name: ListMethod): string => itemFields[name];

const listMethods: readonly ListMethod[] = ['listSessions', 'listEvents', 'listProjects'];

/** Every method that both views have. */
export const methodNames: readonly MethodName[] = [
  ...valueMethods,
  ...listMethods,
  ...logMethods,
  ...deliveryMethods,
];
