import { z } from 'zod';
import { limits } from 'honeyhive-facts';

export const keyAccess = z.enum(['full', 'read', 'ingest']).meta({
  description: 'What the key may do: everything, only read, or only send sessions and events.',
});

/** A key, without its secret. */
export const key = z
  .object({
    id: z.string().meta({ description: 'Public part of the key.' }),
    name: z.string(),
    access: keyAccess,
    project_id: z
      .string()
      .nullable()
      .meta({ description: 'null: good for the whole organisation.' }),
    project: z.string().nullable().meta({ description: 'Name of that project.' }),
    created_at: z.number().meta({ description: 'Epoch milliseconds.' }),
    revoked_at: z
      .number()
      .nullable()
      .meta({ description: 'Epoch milliseconds; null while it is good.' }),
    expires_at: z.number().nullable().meta({
      description: 'Epoch milliseconds, from which it is good for nothing; null: never.',
    }),
    created_by: z.string().nullable().meta({
      description:
        'Id of the key that made it, `cli` or `first start`; null for keys of earlier versions.',
    }),
    last_used_at: z.number().nullable().meta({
      description:
        'Epoch milliseconds, of the last request or sign-in with it; null: never. Saved each minute.',
    }),
    current: z.boolean().meta({ description: 'Whether this request was made with it.' }),
  })
  .meta({ id: 'Key', description: 'A key, without its secret.' });

/** Body of `POST /v1/keys`. */
export const keyIn = z
  .strictObject({
    name: z.string().min(1).max(200).regex(/\S/, 'must not be blank'),
    access: keyAccess,
    project: z.string().max(limits.projectNameChars).nullish().meta({
      description:
        'Project, by name or id, that the key is bound to; null or absent: the whole organisation, or the own project of a key that is bound to one.',
    }),
    expires_at: z.number().int().min(1).max(limits.timeMs).nullish().meta({
      description:
        'Epoch milliseconds, yet to come; null or absent: never, or with the key that makes it when that one expires.',
    }),
  })
  .meta({ id: 'KeyInput', description: 'A key to make.' });

/** Answer of `POST /v1/keys`. */
export const keyCreated = z
  .object({
    key,
    api_key: z.string().meta({ description: 'The whole key; shown this once.' }),
  })
  .meta({ id: 'KeyCreated', description: 'A key that was made.' });

/** Answer of `GET /v1/keys`. */
export const keyList = z
  .object({ keys: z.array(key) })
  .meta({ id: 'KeyList', description: 'Keys, newest first.' });

/** Answer of `DELETE /v1/keys/{key_id}`. */
export const keyRevoked = z
  .object({
    success: z.literal(true),
    key,
    revoked: z.array(z.string()).meta({
      description: 'Ids of the keys that this request revoked.',
    }),
  })
  .meta({ id: 'KeyRevoked' });

export type Key = z.infer<typeof key>;
