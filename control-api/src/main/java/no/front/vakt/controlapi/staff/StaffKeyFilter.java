package no.front.vakt.controlapi.staff;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows who calls by the key in {@code Authorization: Bearer}; lets others pass as nobody. */
final class StaffKeyFilter extends OncePerRequestFilter {
  private static final List<GrantedAuthority> STAFF = AuthorityUtils.createAuthorityList("STAFF");

  private final StaffKeys keys;

  StaffKeyFilter(StaffKeys keys) {
    this.keys = keys;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    keys.find(authorization == null ? "" : authorization)
        .ifPresent(
            name -> {
              SecurityContext context = SecurityContextHolder.createEmptyContext();
              context.setAuthentication(
                  UsernamePasswordAuthenticationToken.authenticated(name, null, STAFF));
              SecurityContextHolder.setContext(context);
            });
    chain.doFilter(request, response);
  }
}
