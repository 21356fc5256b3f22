import { sealStoredDetails } from './alerts/seal-stored-details.ts';
import type { Clock } from './clock.ts';
import type { ServerConfig } from './config.ts';
import { createTestSender } from './deliveries/send-test.ts';
import type { MetadataStore } from './open-metadata.ts';
import { readSecretsKey, readSmtp } from './secret-file.ts';
import { createSenders } from './senders/senders.ts';
import { createSecretBox } from './store/secret-box.ts';
import { openOwnSecretsKey } from './store/secrets-key.ts';

/** What sends notifications of alerts. */
export async function openDelivery(
  config: ServerConfig,
  { metadata, clock }: { readonly metadata: MetadataStore; readonly clock: Clock },
) {
  const smtp = await readSmtp(config);
  const key = await readSecretsKey(config.secretsKeyFile);
  const secretBox = createSecretBox(key ?? (await openOwnSecretsKey(config.dataDir)));
  await sealStoredDetails(metadata, secretBox);
  const senders = createSenders({ allowedNetworks: config.alertAllowedNetworks, smtp, clock });
  const testSender = createTestSender({ metadata, clock, secretBox, senders });
  return { secretBox, senders, testSender };
}
