import { peek } from '../runtime/list-files.ts'
import { join } from '../runtime/path.ts'

/** What programs and documents say that sign people in to Google or read Gmail (google-facts 1.2, 5.1, 7.4). */
const marks =
  /accounts\.google\.com\/o\/oauth2|oauth2\.googleapis\.com|apps\.googleusercontent\.com|GOCSPX-|imap\.(?:gmail|googlemail)\.com|googleapis\.com\/auth\/|https:\/\/mail\.google\.com\/["'\s,\])]|XOAUTH2|google-auth|google_auth_oauthlib|GOOGLE_CLIENT_ID/

/** Source files and documents that name such a thing are smaller. */
const most = 1024 * 1024

/** Whether any file of a folder speaks of Google’s sign-in or of Gmail’s IMAP; reads no further than the first that does. */
export const mentionsGoogle = (directory: string, files: readonly string[]): boolean =>
  files.some((file) => marks.test(peek(join(directory, file), most) ?? ''))
