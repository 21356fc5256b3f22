import { useSignedIn } from '../api/signed-in.ts';
import { settingsText } from '../text/settings.ts';
import styles from './forms.module.css';

/** Says to whoever may only read that what follows is not theirs to change; nothing to anybody else. */
export function ReadOnlyNote() {
  const { data: signedIn } = useSignedIn();
  if (signedIn?.key.access !== 'read') return null;
  return <p className={styles.readOnly}>{settingsText.readOnly}</p>;
}
