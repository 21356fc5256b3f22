import type { Role } from './message.ts';

/** What providers call who speaks. LangChain's class names come without `Message` and `Chunk`. */
const roles: Record<string, Role> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  tool: 'tool',
  function: 'tool',
};

const plain = (name: string) => name.replace(/Message(Chunk)?$/, '').toLowerCase();

/** The role of a name; `other` for one that no provider uses. */
export function toRole(name: string): Role {
  const role = plain(name);
  return Object.hasOwn(roles, role) ? (roles[role] ?? 'other') : 'other';
}

export const isRoleName = (name: string | null): name is string =>
  name !== null && Object.hasOwn(roles, plain(name));
