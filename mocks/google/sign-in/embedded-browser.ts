/**
 * Whether a browser is embedded in an application, as far as its `User-Agent` tells: an Android WebView names itself
 * `wv`, and a WKWebView is WebKit on a phone without the word Safari (github.com/j0j00/flutter_user_agent issue 11,
 * github.com/haiwen/seafile-iOS pull request 356). One that names itself otherwise passes, at Google too.
 */
export const isEmbedded = (userAgent: string): boolean =>
  /; wv\)/.test(userAgent) ||
  (/\((?:iPhone|iPad|iPod)[;)].*AppleWebKit\//.test(userAgent) && !/Safari\//.test(userAgent))
