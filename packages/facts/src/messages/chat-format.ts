import type { JsonView } from './json-view.ts';
import type { MessagePart, Role } from './message.ts';

/** Reads what a message says. Handed in, since a part of it may in turn hold contents. */
export type ContentReader = (content: JsonView | null) => MessagePart[];

/** Reads one part of a message; null for what only looks like its type. */
export type PartReader = (
  part: JsonView,
  readContent: ContentReader,
) => MessagePart | MessagePart[] | null;

/** A message and the name of its role, apart from how it is wrapped. */
export interface Unwrapped {
  roleName: string;
  /** The object with the fields of the message, or its content alone. */
  fields: JsonView;
}

/**
 * Kinds of fields that hold messages, in the order in which these were said:
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

/** How one provider or framework writes messages: everything that is its own. */
export interface ChatFormat {
  /** Where its requests and answers keep messages: names of fields. */
  places?: Partial<Record<PlaceKind, readonly string[]>>;
  /** Who speaks, by the names that it has for them, in lower case. */
  roles?: Readonly<Record<string, Role>>;
  /** Readers of the parts of a message, by `type`. */
  parts?: Readonly<Record<string, PartReader>>;
  /** The same for families of types, by how their names begin or end. */
  partFamilies?: readonly (readonly [type: RegExp, read: PartReader])[];
  /** Readers of parts without a type, by the name of their one field. */
  partsByField?: Readonly<Record<string, PartReader>>;
  /** Types of what stands in lists of messages and is none. */
  itemTypes?: RegExp;
  /** Finds the fields of messages that have no `role`; null for everything else. */
  unwrap?: (node: JsonView) => Unwrapped | null;
}
