import { z } from 'zod';
import { limits } from 'honeyhive-facts';

export const keyAccess = z.enum(['full', 'read', 'ingest']).meta({
  description: 'What the key may do: everything, only read, or only write sessions and events.',
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
      .meta({ description: 'null: valid for the whole organisation.' }),
    project: z.string().nullable().meta({ description: 'Name of that project.' }),
    created_at: z.number().meta({ description: 'Epoch milliseconds.' }),
    revoked_at: z
      .number()
      .nullable()
      .meta({ description: 'Epoch milliseconds; null: not revoked.' }),
    expires_at: z.number().nullable().meta({
      description: 'Expiry, epoch milliseconds, after which it is rejected; null: never.',
    }),
    created_by: z.string().nullable().meta({
      description:
        'Id of the key that created it, `cli` or `first start`; null for keys of earlier versions.',
    }),
    last_used_at: z.number().nullable().meta({
      description:
        'Last request or sign-in with it, epoch milliseconds; null: never. Saved every minute.',
    }),
    current: z.boolean().meta({ description: 'Whether this request uses it.' }),
  })
  .meta({ id: 'Key', description: 'A key, without its secret.' });

/** Body of `POST /v1/keys`. */
export const keyIn = z
  .strictObject({
    name: z.string().min(1).max(200).regex(/\S/, 'must not be blank'),
    access: keyAccess,
    project: z.string().max(limits.projectNameChars).nullish().meta({
      description:
        'Project, by name or id, that the key is bound to. Default: the whole organisation, or the project of the creating key.',
    }),
    form: z.enum(['plain', 'typed']).nullish().meta({
      description:
        "`typed`: as HoneyHive's SDKs require it from 1.6 on, `hh_ingst_…` for `ingest` access, else `hh_fgdp_…`. Default `plain`.",
    }),
    expires_at: z.number().int().min(1).max(limits.timeMs).nullish().meta({
      description:
        'Expiry, epoch milliseconds, in the future. Default: no expiry, or the expiry of the creating key.',
    }),
  })
  .meta({ id: 'KeyInput', description: 'A key to make.' });

/** Response of `POST /v1/keys`. */
export const keyCreated = z
  .object({
    key,
    api_key: z.string().meta({ description: 'The whole key, shown only once.' }),
  })
  .meta({ id: 'KeyCreated', description: 'A created key.' });

/** Response of `GET /v1/keys`. */
export const keyList = z
  .object({ keys: z.array(key) })
  .meta({ id: 'KeyList', description: 'Keys, newest first.' });

/** Response of `DELETE /v1/keys/{key_id}`. */
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
