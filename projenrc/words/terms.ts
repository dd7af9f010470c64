/** Terms that readers had to ask about (regular expressions, case ignored), and what the AWS and PostgreSQL manuals say. */
export const TERMS: { readonly [pattern: string]: string } = {
  'blind.?budget': 'inactive cost allocation tag',
  '\\bdrills?\\b': 'test alert',
  '\\bways? out\\b': 'egress (of a network); escape attempt (of a schema)',
  '\\bwhoever\\b': 'anyone who, the caller, the owner',
  '\\bmend(s|ed|ing)?\\b': 'fix, correct',
  '\\bdearer\\b': 'more expensive',
  '\\bknock(s|ed|ing)?\\b': 'unsolicited connection attempt',
  '\\bpatience\\b': 'retry options, timeout',
  '\\bunfit': 'invalid',
  '\\brecognis': 'detect',
  '\\bbroken off\\b': 'interrupted',
  '\\bbrought to (its|an) end\\b': 'completed',
  '\\bbears?\\b|\\bowner.?mark\\b|\\bmark of (an owner|ours)\\b': 'has (an ownership comment)',
};
