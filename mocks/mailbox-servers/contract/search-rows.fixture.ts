import type { Row } from './row.fixture.ts'

const begins = { with: 'SELECT INBOX' }

/** @param found the numbers, by what is asked for */
const searches = (title: string, because: string, found: Readonly<Record<string, string>>): Row => ({
  title,
  because,
  begins,
  story: Object.entries(found)
    .map(([keys, numbers]) => `C: ${keys}\nS: ${`* SEARCH ${numbers}`.trim()}\nS: OK`)
    .join('\n'),
})

export const searchRows: readonly Row[] = [
  searches('SEARCH finds by flags', 'RFC 3501 §6.4.4', {
    'SEARCH ALL': '1 2 3 4',
    'SEARCH SEEN': '1',
    'SEARCH UNSEEN': '2 3 4',
    'SEARCH FLAGGED ANSWERED': '2',
    'SEARCH DELETED': '',
    'SEARCH NOT FLAGGED': '1 3 4',
  }),
  searches('SEARCH finds by header and text, in any case, in part and decoded', 'RFC 3501 §6.4.4', {
    'SEARCH SUBJECT lunch': '1',
    'SEARCH SUBJECT "FRI"': '1',
    'SEARCH FROM "ann"': '1 4',
    'SEARCH FROM ann@example.test': '1 4',
    'SEARCH TO carol': '2',
    'SEARCH HEADER Message-ID lunch@example.test': '1',
    'SEARCH HEADER Message-ID ""': '1',
    'SEARCH BODY "shall we"': '1',
    'SEARCH TEXT "no date"': '4',
    'SEARCH CHARSET UTF-8 SUBJECT {{caf\\u00c3\\u00a9}}': '2',
  }),
  searches('SEARCH finds by dates and sizes', 'RFC 3501 §6.4.4', {
    'SEARCH SINCE 7-Jan-2026': '2 3 4',
    'SEARCH BEFORE 7-Jan-2026': '1',
    'SEARCH ON 7-Jan-2026': '2',
    'SEARCH SENTSINCE 8-Jan-2026': '3',
    'SEARCH SENTON 5-Jan-2026': '1',
    'SEARCH LARGER 300': '2',
    'SEARCH SMALLER 100': '4',
  }),
  searches('SEARCH joins, groups and excludes; numbers and UIDs are sets', 'RFC 3501 §6.4.4', {
    'SEARCH OR SEEN FLAGGED': '1 2',
    'SEARCH (SEEN FROM ann)': '1',
    'SEARCH NOT (OR SEEN FLAGGED)': '3 4',
    'SEARCH 2:3': '2 3',
    'SEARCH UID 3:*': '3 4',
    'UID SEARCH 1 UNDELETED': '1',
  }),
  {
    title: 'SEARCH with RETURN tells sets, counts and bounds',
    because: 'RFC 4731 §3.1',
    begins,
    story: String.raw`
      C: SEARCH RETURN (MIN MAX COUNT) ALL
      S: * ESEARCH (TAG "tag") MIN 1 MAX 4 COUNT 4
      S: OK
      C: UID SEARCH RETURN (ALL) UNSEEN
      S: * ESEARCH (TAG "tag") UID ALL 2:4
      S: OK`,
  },
  {
    title: 'SEARCH refuses what it does not know',
    because: 'RFC 3501 §6.4.4: BAD, command unknown or arguments invalid; NO [BADCHARSET] for a charset',
    begins,
    story: String.raw`
      C: SEARCH FROB
      S: BAD
      C: SEARCH CHARSET X-NONE ALL
      S: NO [BADCHARSET (UTF-8)]`,
  },
]
