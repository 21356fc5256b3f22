import { CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import type { SignedIn } from 'honeyhive-wire';
import { useSignOut } from '../api/signed-in.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Menu } from '../kit/menu.tsx';
import { usePreference } from '../state/preference.ts';
import { themePreference } from '../state/theme.ts';
import { shellText } from '../text/shell.ts';

const themes = [
  ['system', Monitor],
  ['light', Sun],
  ['dark', Moon],
] as const;

/** Which key one is signed in with, the theme, and the way out. */
export function AccountMenu({ signedIn: { key } }: { readonly signedIn: SignedIn }) {
  const [theme, setTheme] = usePreference(themePreference);
  const signOut = useSignOut();
  return (
    <Menu
      label={shellText.account}
      items={[
        { kind: 'heading', label: key.name === '' ? shellText.keyWithoutName(key.id) : key.name },
        { kind: 'separator' },
        { kind: 'heading', label: shellText.theme },
        ...themes.map(([name, Icon]) => ({
          label: shellText.themes[name],
          icon: <Icon />,
          isChecked: theme === name,
          onSelect: () => setTheme(name),
        })),
        { kind: 'separator' },
        { label: shellText.signOut, icon: <LogOut />, onSelect: () => signOut.mutate() },
      ]}
      trigger={(props) => <IconButton {...props} label={shellText.account} icon={<CircleUser />} />}
    />
  );
}
