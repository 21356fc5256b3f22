import { z } from 'zod';
import { keyAccess } from '../keys/schemas.ts';

/** Body of `POST /ui/session`. */
export const signIn = z
  .strictObject({
    api_key: z.string().min(1).max(512).meta({ description: 'The key to sign in with.' }),
  })
  .meta({ id: 'SignIn', description: 'A sign-in.' });

/** Body of `POST /ui/session/code`. */
export const signInCode = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .max(512)
      .meta({ description: 'The code of a link that signs in once, as the service printed it.' }),
  })
  .meta({ id: 'SignInCode', description: 'A sign-in with a code.' });

/** Who is signed in. Answer of `POST /ui/session` and `GET /ui/session`. */
export const signedIn = z
  .object({
    key: z.object({
      id: z.string(),
      name: z.string(),
      access: keyAccess,
      scope: z.enum(['organisation', 'project']),
    }),
    projects: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .meta({ description: 'Projects that the key can see, oldest first; at most 1,000.' }),
    project_count: z.number().meta({ description: 'Number of projects that the key can see.' }),
    csrf_token: z.string().meta({
      description: 'Value of the header `x-csrf-token`, required by all requests except GET.',
    }),
    expires_at: z.number().meta({ description: 'When the sign-in ends, epoch milliseconds.' }),
  })
  .meta({ id: 'SignedIn', description: 'Who is signed in.' });

export type SignedIn = z.infer<typeof signedIn>;
