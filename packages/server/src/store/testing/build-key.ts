import { Fields } from '../../domain/fields.ts';
import { keyRecord } from '../../keys/key-store.ts';
import type { ApiKey } from '../../keys/key-store.ts';

/**
 * A key of the organisation that may do everything, as the first version exported it, with what the test cares about.
 */
export const buildKey = (key: Partial<ApiKey> = {}): ApiKey => ({
  ...keyRecord.fromLine(
    new Fields({
      id: 'k',
      name: 'test',
      access: 'full',
      project_id: null,
      created_at: 1,
      revoked_at: null,
    }),
  ),
  ...key,
});
