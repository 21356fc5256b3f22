import { Screen } from '../kit/screen.tsx';
import { EmptyState } from '../kit/states.tsx';
import { screenText } from '../text/screens.ts';
import { shellText } from '../text/shell.ts';

export const SettingsScreen = () => (
  <Screen title={shellText.settings}>
    <EmptyState title={screenText.notThere} />
  </Screen>
);
