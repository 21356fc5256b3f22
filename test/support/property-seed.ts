import fc from 'fast-check';
import { byLevel } from '../../packages/testkit/src/test-level.ts';

// `npm test` tries the same values on each run, so that it fails for a change and not by chance.
// `npm run test:all` tries new ones: what it finds becomes a test with that value.
fc.configureGlobal(byLevel({ short: { seed: 2026 }, full: {} }));
