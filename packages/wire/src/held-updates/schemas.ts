import { z } from 'zod';

export const heldUpdates = z
  .object({
    count: z.number().meta({ description: 'Held updates.' }),
    bytes: z.number(),
  })
  .meta({ id: 'HeldUpdates', description: 'Updates that are held until their event arrives.' });

export const heldUpdatesDeleted = z
  .object({ success: z.literal(true), deleted: heldUpdates })
  .meta({ id: 'HeldUpdatesDeleted' });
