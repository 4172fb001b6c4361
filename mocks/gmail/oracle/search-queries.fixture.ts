import { utf8 } from '../../../fixtures/mailboxes/oracle/octets.fixture.ts'

/** What follows SEARCH; a nested list is a literal of these characters, one octet each. */
export type Query = readonly (string | readonly [literal: string])[]

const flags = ['ANSWERED', 'DELETED', 'DRAFT', 'FLAGGED', 'SEEN']
const days = ['10-Jan-2026', '14-Jan-2026', '"16-Jan-2026"', '1-Feb-2026']
const sizes = ['0', '100', '340', '4294967295']

/** Keys of one string, with values that are there, partly there, in other case, elsewhere, nowhere, and empty. */
const strings: Readonly<Record<string, readonly string[]>> = {
  FROM: ['bob', 'EXAMPLE.COM', '"bob example"', '"Doe, Jane"', 'carol', 'zoe', '"\\"JD\\""', 'nobody', '""'],
  TO: ['alice', 'alice@example.test', '"two@"', '"reader699"', 'board', 'nobody', '""'],
  CC: ['carol', 'undisclosed', 'jane', '""'],
  BCC: ['two', 'empty', 'nobody', '""'],
  SUBJECT: ['lunch', '"on thursday"', 'LUNCH', '"folded twice"', '"very long"', 'no', '"a\\\\b"', '""'],
  BODY: [
    'noon',
    'lunch',
    '"Lunch at"',
    '"minutes are"',
    '"deepest plain"',
    'boundary',
    '"one"',
    'x',
    '"core text"',
    '"readers without"',
    'epilogue',
    '"Final-Recipient"',
    '""',
  ],
  TEXT: ['noon', 'thursday', 'boundary', '"Content-Type"', 'parcel', '"message-id:"', '"hello world"', '""'],
}

const headers = [
  'Message-ID plain-1@example.com',
  'message-id "<"',
  'MESSAGE-ID ""',
  'X-None ""',
  'X-Folded "next line"',
  'Received hop12',
  'Content-Type multipart',
  'Content-Type "boundary="',
  'Content-Disposition attachment',
  'Date "14 Jan"',
  'In-Reply-To two',
  'Nothing-Such ""',
]

const sets = ['1', '*', '1:3', '3:1', '2,4,6:8', '5:*', '*:5', '100:200', '4294967295', '9000:*', '1,1,1']

const combined = [
  'SEEN FLAGGED',
  'NOT SEEN',
  'NOT NOT SEEN',
  'OR SEEN FLAGGED',
  'OR OR SEEN FLAGGED DRAFT',
  'OR (SEEN FLAGGED) (NOT SEEN 1:20)',
  '(SEEN)',
  '((SEEN) ((FLAGGED)))',
  '(OR (FROM bob) (TO carol)) NOT (SUBJECT lunch)',
  'NOT (SEEN FLAGGED)',
  'NOT OR SEEN FLAGGED',
  '1:50 UID 20:70 NOT KEYWORD Work',
  'SINCE 12-Jan-2026 BEFORE 15-Jan-2026 LARGER 200 SMALLER 2000',
  'SENTSINCE 14-Jan-2026 NOT SENTSINCE 15-Jan-2026',
  'UNSEEN UNFLAGGED UNANSWERED UNDELETED UNDRAFT',
]

const literals: readonly Query[] = [
  ['FROM ', ['bob']],
  ['SUBJECT ', ['Lunch on'], ' FROM ', ['bob']],
  ['CHARSET US-ASCII SUBJECT ', ['lunch']],
  ['CHARSET UTF-8 BODY ', [utf8('Grüße')]],
  ['CHARSET utf-8 SUBJECT ', [utf8('für Januar')]],
  ['CHARSET UTF-8 FROM ', [utf8('Zoë')]],
  ['CHARSET UTF-8 TEXT ', [utf8('東京')]],
  ['CHARSET UTF-8 BODY ', [utf8('テスト')]],
  ['CHARSET UTF-8 BODY ', [utf8('Привет')]],
  ['CHARSET UTF-8 SUBJECT ', [utf8('Привет')]],
  ['CHARSET UTF-8 BODY ', [utf8('KÖLN')]],
  ['CHARSET UTF-8 BODY ', [utf8('“quoted”')]],
  ['CHARSET UTF-8 OR FROM ', [utf8('Jörg')], ' TO ', [utf8('Jörg')]],
]

const refused = [
  'CHARSET X-NO-SUCH-CHARSET SUBJECT x',
  '',
  'NOSUCHKEY',
  'OR SEEN',
  'NOT',
  'FROM',
  'SINCE yesterday',
  'SINCE 32-Jan-2026',
  'LARGER many',
  'UID',
  'UID 0',
  '0',
  '()',
  '(SEEN',
  'SEEN)',
  'HEADER X',
  'KEYWORD',
]

const simple = [
  ...['ALL', 'NEW', 'OLD', 'RECENT'],
  ...flags.flatMap((flag) => [flag, `UN${flag}`, flag.toLowerCase()]),
  ...['Work', 'work', '$Forwarded', 'Nothing'].flatMap((name) => [`KEYWORD ${name}`, `UNKEYWORD ${name}`]),
  ...['BEFORE', 'ON', 'SINCE', 'SENTBEFORE', 'SENTON', 'SENTSINCE'].flatMap((key) =>
    days.map((day) => `${key} ${day}`),
  ),
  ...['LARGER', 'SMALLER'].flatMap((key) => sizes.map((size) => `${key} ${size}`)),
  ...Object.entries(strings).flatMap(([key, values]) => values.map((value) => `${key} ${value}`)),
  ...headers.map((header) => `HEADER ${header}`),
  ...sets,
  ...sets.map((set) => `UID ${set}`),
  ...combined,
]

/** Queries that both servers answer, and those that both refuse. */
export const queries: readonly Query[] = [...simple, ...refused].map((query): Query => [query]).concat(literals)

const returns = ['()', '(ALL)', '(MIN)', '(MAX)', '(COUNT)', '(MIN MAX)', '(MIN MAX COUNT ALL)', '(min count)']
const returned = ['ALL', 'SEEN', '3,5:9,11', 'SUBJECT lunch', 'FROM nobody', 'NOT 1:*']

/** RFC 4731: what is to be told of the result. */
export const extendedQueries: readonly Query[] = returns.flatMap((options) =>
  returned.map((query): Query => [`RETURN ${options} ${query}`]),
)
