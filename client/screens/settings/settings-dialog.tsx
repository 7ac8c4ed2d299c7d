import { chooseLanguage, type Language, language, languages } from '../language.ts'
import { navigate } from '../navigate.ts'
import { Choice } from '../parts/choice.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { DataUsed } from '../push/later.tsx'
import { CueSwitch } from '../run/spoken-cues.tsx'
import { t } from '../texts.ts'
import { chooseTextSize, chooseTheme, textSize, textSizes, theme, themes } from './look.ts'
import type { SettingsDialogProps } from './settings-button.tsx'

/** Each in itself: whoever cannot read the page finds their own. */
const ownNames: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' }

export function SettingsDialog({ onClose }: SettingsDialogProps) {
  return (
    <Sheet heading={t.settings.heading} onClose={onClose}>
      <Choice
        legend={t.settings.language}
        all={languages}
        chosen={language.value}
        text={(each) => <span lang={each}>{ownNames[each]}</span>}
        onChoose={(each) => void chooseLanguage(each)}
      />
      <Choice
        legend={t.settings.theme}
        all={themes}
        chosen={theme.value}
        text={(each) => t.settings.themes[each]}
        onChoose={chooseTheme}
      />
      <Choice
        legend={t.settings.textSize}
        all={textSizes}
        chosen={textSize.value}
        text={(each) => t.settings.textSizes[each]}
        onChoose={chooseTextSize}
      />
      <CueSwitch />
      <DataUsed />
      <a
        class="button"
        href="/privacy"
        onClick={(event) => {
          event.preventDefault()
          onClose()
          navigate('/privacy')
        }}
      >
        {t.settings.privacy}
      </a>
    </Sheet>
  )
}
