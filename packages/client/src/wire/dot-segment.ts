/**
 * Whether a path segment would address something else: URL parsers take `.` and `..` for steps within the path, in
 * their percent-encoded spellings too, and proxies decode once more than they should.
 */
export const isDotSegment = (segment: string): boolean => /^(?:\.|%(?:25)*2e){1,2}$/i.test(segment);
