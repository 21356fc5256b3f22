import { useSignedIn } from '../api/signed-in.ts';
import { settingsText } from '../text/settings.ts';
import styles from './forms.module.css';

/** A note for users with a read-only key; otherwise nothing. */
export function ReadOnlyNote() {
  const { data: signedIn } = useSignedIn();
  if (signedIn?.key.access !== 'read') return null;
  return <p className={styles.readOnly}>{settingsText.readOnly}</p>;
}
