/** JSON as text, as it stood in the payload: what shows it reads it, with every digit of its numbers. */
export type JsonSource = string;

/** Normalised role; `other` for unknown roles. */
export type Role = 'system' | 'user' | 'assistant' | 'tool' | 'other';

/** Where an image or a file is. */
export type MediaSource =
  /** In the payload: a `data:` address. */
  | { kind: 'data'; uri: string }
  /** Somewhere else: never fetched before a person asks for it. */
  | { kind: 'remote'; url: string }
  /** Stored by the provider, under an id. */
  | { kind: 'reference'; id: string };

export interface ToolCallPart {
  kind: 'tool_call';
  /** Id that the result refers to; null if the provider has no id. */
  callId: string | null;
  name: string;
  /** Arguments of the call, as JSON or as text; null without arguments. */
  input: { json: JsonSource } | { text: string } | null;
}

export interface ToolResultPart {
  kind: 'tool_result';
  callId: string | null;
  /** Null where the provider does not repeat it. */
  name: string | null;
  isError: boolean;
  parts: MessagePart[];
}

/** One piece of what a message says. */
export type MessagePart =
  | { kind: 'text'; text: string }
  /** What the model thought before it answered; without text where the provider encrypted it. */
  | { kind: 'thinking'; text: string }
  /** The model declined. */
  | { kind: 'refusal'; text: string }
  | { kind: 'image'; media: MediaSource }
  | { kind: 'file'; media: MediaSource | null; name: string | null; mediaType: string | null }
  | ToolCallPart
  | ToolResultPart
  /** Any other part, with the name of its type. */
  | { kind: 'json'; label: string; source: JsonSource };

export interface Message {
  role: Role;
  /** The role, type or kind as the payload has it. */
  roleName: string;
  /** Of the speaker or the tool; null without one. */
  name: string | null;
  parts: MessagePart[];
  /** Why the model stopped, as its provider names it. */
  finishReason?: string;
  /** Set if the message is one of several answers to the same call. */
  choice?: Choice;
}

/** One of several answers: the first has number 1. */
export interface Choice {
  number: number;
  count: number;
}

/** What one payload holds of a conversation. */
export interface MessageList {
  messages: Message[];
  /** All other fields, as one object; null if there are no others. */
  rest: JsonSource | null;
}
