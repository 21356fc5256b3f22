import { formats } from './formats/formats.ts';
import type { Role } from './message.ts';

const roles = new Map<string, Role>(formats.flatMap(({ roles: own = {} }) => Object.entries(own)));

/** LangChain's class names end in `Message` or `MessageChunk`. */
const plain = (name: string) => name.replace(/Message(Chunk)?$/, '').toLowerCase();

const find = (name: string): Role | undefined => roles.get(name) ?? roles.get(plain(name));

/** The role of a name; `other` for one that no provider uses. */
export const toRole = (name: string): Role => find(name) ?? 'other';

export const isRoleName = (name: string | null): name is string =>
  name !== null && find(name) !== undefined;
