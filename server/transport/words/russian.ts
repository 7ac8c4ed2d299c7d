import type { AskWords } from './english.ts'

const items = { water: 'вода', isotonic: 'изотоник', gel: 'гель', snack: 'перекус', salt: 'соль' }

export const russian: AskWords = {
  things: { ...items, usual: 'как обычно' },
  counted: items,
  asked: (what) => `Просьба отправлена: ${what}.`,
  askedAlready: (what) => `Просьба уже есть: ${what}.`,
  nobodyYet: 'Пока никто не взялся.',
  has: (helper) => `Везёт ${helper}`,
  comes: (helper, min) => `${helper}, около ${min} мин`,
  atKm: (km) => `км ${km.toFixed(1).replace('.', ',')}`,
  handedOver: (helper) => (helper === null ? 'Передано.' : `Передано (${helper}).`),
  takenBack: 'Просьба отменена.',
  nothingOpen: 'Отменять нечего.',
  onlyByPost: 'Ничего не отправлено: этот адрес принимает просьбу только методом POST.',
  refusals: {
    'no-such-thing': 'По этому адресу ничего не просят: в нём опечатка, он отозван или сейчас не относится к пробежке.',
    'not-for-your-role': 'В этой пробежке ваша роль не позволяет просить.',
    'run-not-live': 'Пробежка ещё не началась.',
    'run-has-ended': 'Пробежка закончена.',
    'not-out': 'Вы закончили. Сначала снова нажмите старт на телефоне.',
    malformed: 'В номере этого нажатия недопустимые знаки.',
    'too-many': 'Слишком много сразу. Подождите немного.',
    'retry-later': 'Сервер не отвечает. Попробуйте чуть позже.',
  },
  fault: 'Неполадка на сервере. Попробуйте чуть позже.',
  tap: (what) => ({
    askingFor: `Сейчас отправим просьбу: ${what}`,
    askFor: `Попросить: ${what}`,
    undo: 'Не надо',
    notAsked: 'Просьба не отправлена.',
    asking: 'Отправляем…',
    takeBack: 'Отменить просьбу',
    notAskedYet: 'ЕЩЁ НЕ ОТПРАВЛЕНО.',
    noNetworkToHear: 'Отправлено. Сети нет, кто едет, пока не узнать.',
    noNetwork: 'ЕЩЁ НЕ ОТПРАВЛЕНО: нет сети. Пробуем снова.',
    notTakenBack: 'НЕ ОТМЕНЕНО: нет сети.',
    already: 'С этой страницы просьба уже отправлена.',
  }),
}
