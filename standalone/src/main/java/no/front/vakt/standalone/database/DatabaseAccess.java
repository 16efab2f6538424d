package no.front.vakt.standalone.database;

import java.nio.file.Path;

/**
 * How an application logs in to its database, here or elsewhere.
 *
 * @param url of JDBC, with {@code sslmode=verify-full} and the authority to trust, without a login
 * @param user the role that owns the application's tables
 * @param passwordFile file with that role's password alone, closed to other users
 */
public record DatabaseAccess(String url, String user, Path passwordFile) {}
