DROP INDEX grants_role;
