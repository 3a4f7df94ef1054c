// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  invitation_email_title: (args: { team: string | number }) => string;
  invitation_email: (args: { inviter: string | number; team: string | number; role: string }) => string;
};
export default catalog;
