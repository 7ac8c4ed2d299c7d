import type * as english from '../english/names.ts'

export const refusals: typeof english.refusals = {
  'not-a-member': 'Эта ссылка не действует. Попросите у ведущего новую.',
  'not-for-your-role': 'В этой пробежке ваша роль такого не позволяет.',
  'run-not-live': 'Пробежка ещё не началась.',
  'run-has-ended': 'Пробежка закончена.',
  'too-early': 'Рано: начать можно не раньше чем за 45 минут до старта.',
  'not-out': 'Вы ещё не в пути. Сначала нажмите «Я здесь, старт».',
  'already-open': 'Вы об этом уже просите.',
  'someone-else-has-it': 'Этим уже занят кто-то другой.',
  'already-ended': 'Это уже сделано.',
  'no-such-thing': 'Этого больше нет.',
  'someone-is-missing': 'Кто-то ещё в пути.',
  'last-leader': 'Пробежке нужен ведущий. Сначала передайте эту роль.',
  malformed: 'Что-то здесь не так.',
  'protocol-too-old': 'Эта страница устарела. Обновите её.',
  'too-many': 'Слишком много сразу. Подождите немного.',
  'retry-later': 'Сервер не отвечает. Попробуйте чуть позже.',
  internal: 'Неполадка на сервере. Попробуйте чуть позже.',
}

export const fields: typeof english.fields = {
  routeFile: 'Файл маршрута не читается.',
  routeLaps: 'Столько кругов из этого маршрута не сделать.',
  laps: 'Столько кругов из этого маршрута не сделать.',
  atM: 'Такой точки на маршруте нет.',
  startNumber: 'Этот стартовый номер ни у кого или не у одного.',
  count: 'Столько не осталось.',
  plannedStartMs: 'На это время начало назначить нельзя.',
  phone: 'В номере телефона только цифры, пробелы и +.',
}

export const kinds: typeof english.kinds = {
  water: 'Вода',
  isotonic: 'Изотоник',
  gel: 'Гель',
  snack: 'Перекус',
  salt: 'Соль',
  mechanical: 'Ремонт',
  'slow-down': 'Потише, подождите',
  'first-aid': 'Медпомощь',
  help: 'Помощь',
}

export const roles: typeof english.roles = {
  runner: 'бегун',
  cyclist: 'велосипедист',
  leader: 'ведущий',
  watcher: 'наблюдатель',
  guardian: 'близкий',
}

export const pauses: typeof english.pauses = { toilet: 'Туалет', shoe: 'Обувь', rest: 'Отдых', other: 'Другое' }
export const stops: typeof english.stops = {
  finished: 'Финиш',
  'going-home': 'Домой',
  'got-a-lift': 'На машине',
}
export const statuses: typeof english.statuses = {
  joined: 'до старта',
  out: 'в пути',
  paused: 'на паузе',
  stopped: 'на месте',
  removed: 'вне пробежки',
}
