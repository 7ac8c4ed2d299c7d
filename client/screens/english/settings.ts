/** What a person chooses about the page itself. */
import type { TextSize, Theme } from '../settings/look.ts'

export const settings = {
  settings: {
    heading: 'Settings',
    /** Of what lies above every screen of a run. */
    attention: 'Needs attention',
    close: 'Close',
    notLoaded: 'Settings need the network once. Try again.',
    language: 'Language',
    theme: 'Colours',
    themes: {
      system: 'As the phone',
      light: 'Light',
      dark: 'Dark',
      contrast: 'High contrast',
    } satisfies Record<Theme, string>,
    textSize: 'Text size',
    textSizes: { normal: 'Normal', large: 'Large', huge: 'Huge' } satisfies Record<TextSize, string>,
    privacy: 'What is shared, and with whom',
  },
}
