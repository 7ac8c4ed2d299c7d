import type * as english from '../english/names.ts'

export const refusals: typeof english.refusals = {
  'not-a-member': 'Бұл сілтеме жарамсыз. Жетекшіден жаңасын сұраңыз.',
  'not-for-your-role': 'Бұл жүгірістегі рөліңіз бұған рұқсат бермейді.',
  'run-not-live': 'Жүгіріс әлі басталған жоқ.',
  'run-has-ended': 'Жүгіріс аяқталды.',
  'too-early': 'Ерте: сөреге дейін 45 минут қалғанда ғана бастауға болады.',
  'not-out': 'Сіз әлі жолға шықпадыңыз. Алдымен «Осындамын, бастаймын» түймесін басыңыз.',
  'already-open': 'Мұны сұрап қойғансыз.',
  'someone-else-has-it': 'Мұны басқа біреу алып қойды.',
  'already-ended': 'Бұл бітіп қойған.',
  'no-such-thing': 'Бұл енді жоқ.',
  'someone-is-missing': 'Біреу әлі жолда.',
  'last-leader': 'Жүгіріске жетекші керек. Алдымен осы рөлді басқаға беріңіз.',
  malformed: 'Мұнда бірдеңе дұрыс емес.',
  'protocol-too-old': 'Бұл бет ескірген. Қайта жүктеңіз.',
  'too-many': 'Тым жиі. Сәл күте тұрыңыз.',
  'retry-later': 'Сервер жауап бермейді. Сәлден соң қайталаңыз.',
  internal: 'Серверде ақау бар. Сәлден соң қайталаңыз.',
}

export const fields: typeof english.fields = {
  routeFile: 'Маршрут файлы оқылмайды.',
  routeLaps: 'Бұл маршруттан мұнша айналым шықпайды.',
  laps: 'Бұл маршруттан мұнша айналым шықпайды.',
  atM: 'Маршрутта мұндай нүкте жоқ.',
  startNumber: 'Бұл сөре нөмірі ешкімде жоқ не бірнеше адамда бар.',
  count: 'Мұнша қалған жоқ.',
  plannedStartMs: 'Бұл уақытқа басталуын қоюға болмайды.',
  phone: 'Телефон нөмірінде тек цифрлар, бос орын және + болады.',
}

export const kinds: typeof english.kinds = {
  water: 'Су',
  isotonic: 'Изотоник',
  gel: 'Гель',
  snack: 'Тіскебасар',
  salt: 'Тұз',
  mechanical: 'Жөндеу',
  'slow-down': 'Баяулаңыз, күтіңіз',
  'first-aid': 'Алғашқы көмек',
  help: 'Көмек',
}

export const roles: typeof english.roles = {
  runner: 'жүгіруші',
  cyclist: 'велосипедші',
  leader: 'жетекші',
  watcher: 'бақылаушы',
  guardian: 'жақын адам',
}

export const pauses: typeof english.pauses = {
  toilet: 'Дәретхана',
  shoe: 'Аяқкиім',
  rest: 'Демалыс',
  other: 'Басқа',
}
export const stops: typeof english.stops = {
  finished: 'Мәре',
  'going-home': 'Үйге қайту',
  'got-a-lift': 'Көлікпен қайту',
}
export const statuses: typeof english.statuses = {
  joined: 'әлі бастамады',
  out: 'жолда',
  paused: 'үзілісте',
  stopped: 'келді',
  removed: 'шығарылған',
}
