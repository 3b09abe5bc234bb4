DROP TABLE sign_in_programs;
