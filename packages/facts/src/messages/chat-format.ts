import type { JsonView } from './json-view.ts';
import type { MessagePart, Role } from './message.ts';

/** Reads the content of a message. Passed in, because a part may contain nested content. */
export type ContentReader = (content: JsonView | null) => MessagePart[];

/** Reads one part of a message; null if it only looks like the type. */
export type PartReader = (
  part: JsonView,
  readContent: ContentReader,
) => MessagePart | MessagePart[] | null;

/** A message and the name of its role, without its wrapper. */
export interface Unwrapped {
  roleName: string;
  /** The object with the fields of the message, or only its content. */
  fields: JsonView;
}

/**
 * Kinds of fields that contain messages, in the order of the conversation:
 * - `instruction`: for the model, as text, content or parts
 * - `history`, `messages`, `output`: a list of messages
 * - `input`: a list, or in a request the text of the user
 * - `choices`: several answers
 * - `message`: one message
 * - `wrapper`: an object that holds any of these
 */
export const placeKinds = [
  'instruction',
  'history',
  'messages',
  'input',
  'choices',
  'output',
  'message',
  'wrapper',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** The message format of one provider or framework. */
export interface ChatFormat {
  /** Names of fields that contain messages in requests and responses. */
  places?: Partial<Record<PlaceKind, readonly string[]>>;
  /** Roles by the provider's names, in lower case. */
  roles?: Readonly<Record<string, Role>>;
  /** Readers of the parts of a message, by `type`. */
  parts?: Readonly<Record<string, PartReader>>;
  /** The same for families of types, by prefix or suffix. */
  partFamilies?: readonly (readonly [type: RegExp, read: PartReader])[];
  /** Readers of parts without a type, by the name of their only field. */
  partsByField?: Readonly<Record<string, PartReader>>;
  /** Types of list items that are not messages. */
  itemTypes?: RegExp;
  /** Finds the fields of messages that have no `role`; null for everything else. */
  unwrap?: (node: JsonView) => Unwrapped | null;
}
