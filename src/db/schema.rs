// @generated automatically by Diesel CLI.

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        email_key -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        language -> Text,
        status -> Text,
        created_at -> Timestamp,
        signed_in_at -> Nullable<Timestamp>,
        version -> Int4,
        password_set_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    applications (id) {
        id -> Text,
        call_id -> Text,
        organisation_id -> Text,
        number -> Nullable<Text>,
        state -> Text,
        bureau -> Nullable<Text>,
        form -> Json,
        members -> Json,
        submission_count -> Int4,
        submitted_at -> Nullable<Timestamp>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Int4,
    }
}

diesel::table! {
    assignments (id) {
        id -> Text,
        session_id -> Text,
        application_id -> Text,
        expert_id -> Text,
        status -> Text,
        assigned_at -> Timestamp,
        declared_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        source -> Text,
        explanation -> Json,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        application_id -> Text,
        kind -> Text,
        name -> Text,
        sha256 -> Text,
        bytes -> Int8,
        file_type -> Text,
        uploaded_by -> Text,
        uploaded_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attempts (kind, key, slot) {
        kind -> Text,
        key -> Text,
        slot -> Int8,
        made -> Int8,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    call_questions (id) {
        id -> Text,
        call_id -> Text,
        asked_by -> Text,
        question -> Text,
        asked_at -> Timestamp,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    calls (id) {
        id -> Text,
        programme_key -> Text,
        programme_version -> Int4,
        programme_digest -> Text,
        programme -> Json,
        year -> Int4,
        title -> Text,
        body -> Text,
        basis_title -> Text,
        basis_number -> Text,
        basis_issued_on -> Date,
        basis_valid_until -> Nullable<Date>,
        opens_at -> Timestamp,
        closes_at -> Timestamp,
        recommend_by -> Timestamp,
        status -> Text,
        copied_from -> Nullable<Text>,
        drafted_by -> Text,
        approved_by -> Nullable<Text>,
        approved_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> Int4,
        planned_screening_on -> Nullable<Date>,
        planned_review_on -> Nullable<Date>,
        planned_decision_on -> Nullable<Date>,
        planned_notice_on -> Nullable<Date>,
    }
}

diesel::table! {
    chain_heads (subject_kind, subject_id) {
        subject_kind -> Text,
        subject_id -> Text,
        seq -> Int8,
        hash -> Text,
        checkpointed_seq -> Int8,
    }
}

diesel::table! {
    change_sets (id) {
        id -> Text,
        kind -> Text,
        call_id -> Nullable<Text>,
        status -> Text,
        summary -> Json,
        before -> Json,
        applied_by -> Nullable<Text>,
        applied_at -> Timestamp,
        undone_by -> Nullable<Text>,
        undone_at -> Nullable<Timestamp>,
        undo_reason -> Nullable<Text>,
    }
}

diesel::table! {
    checkpoint_leaves (checkpoint_number, position) {
        checkpoint_number -> Int8,
        position -> Int8,
        subject_kind -> Text,
        subject_id -> Text,
        seq -> Int8,
        hash -> Text,
    }
}

diesel::table! {
    checkpoints (number) {
        number -> Int8,
        at -> Timestamp,
        leaf_count -> Int8,
        root -> Text,
        previous -> Text,
        statement -> Text,
        hash -> Text,
        signature -> Text,
        key_id -> Text,
    }
}

diesel::table! {
    code_overrides (organisation_id) {
        organisation_id -> Text,
        licence_name -> Text,
        licence_sha256 -> Text,
        licence_bytes -> Int8,
        licence_type -> Text,
        provided_by -> Text,
        provided_at -> Timestamp,
        reason -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    corrections (id) {
        id -> Text,
        application_id -> Text,
        station -> Text,
        marks -> Json,
        note -> Text,
        due_at -> Timestamp,
        requested_by -> Text,
        requested_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> Int8,
    }
}

diesel::table! {
    deadline_reminders (kind, subject, due_at) {
        kind -> Text,
        subject -> Text,
        due_at -> Timestamp,
        reminded_at -> Timestamp,
    }
}

diesel::table! {
    decision_entries (decision_id, application_id) {
        decision_id -> Text,
        application_id -> Text,
        outcome -> Text,
        reason -> Text,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        call_id -> Text,
        status -> Text,
        grounds -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        return_reason -> Nullable<Text>,
        version -> Int4,
        undo_proposed_by -> Nullable<Text>,
        undo_proposed_at -> Nullable<Timestamp>,
        undo_reason -> Nullable<Text>,
        undone_by -> Nullable<Text>,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    digests (account_id, day) {
        account_id -> Text,
        day -> Date,
        noted_at -> Timestamp,
    }
}

diesel::table! {
    discussion_positions (assignment_id) {
        assignment_id -> Text,
        application_id -> Text,
        before_total -> Int4,
        after_total -> Nullable<Int4>,
        remark -> Nullable<Text>,
        stated_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    discussions (application_id) {
        application_id -> Text,
        session_id -> Text,
        grounds -> Text,
        reason -> Nullable<Text>,
        opened_by -> Text,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    draws (id) {
        id -> Text,
        call_id -> Text,
        attempt -> Int4,
        status -> Text,
        strata -> Json,
        announced_by -> Text,
        announced_at -> Timestamp,
        handler_id -> Nullable<Text>,
        handler_commitment -> Nullable<Text>,
        handler_reveal -> Nullable<Text>,
        auditor_id -> Nullable<Text>,
        auditor_commitment -> Nullable<Text>,
        auditor_reveal -> Nullable<Text>,
        list -> Nullable<Text>,
        list_sha256 -> Nullable<Text>,
        chain_head -> Nullable<Text>,
        listed_at -> Nullable<Timestamp>,
        record -> Nullable<Text>,
        record_sha256 -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        version -> Int4,
        annulment_reason -> Nullable<Text>,
        annulment_proposed_by -> Nullable<Text>,
        annulment_proposed_at -> Nullable<Timestamp>,
        annulled_by -> Nullable<Text>,
        annulled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    event_trees (checkpoint_number) {
        checkpoint_number -> Int8,
        event_count -> Int8,
        root -> Text,
    }
}

diesel::table! {
    events (subject_kind, subject_id, seq) {
        subject_kind -> Text,
        subject_id -> Text,
        seq -> Int8,
        at -> Timestamp,
        actor -> Text,
        role -> Text,
        action -> Text,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        reason -> Nullable<Text>,
        detail -> Json,
        hash -> Text,
    }
}

diesel::table! {
    expert_ties (id) {
        id -> Text,
        expert_id -> Text,
        kind -> Text,
        organisation_name -> Text,
        name_key -> Text,
        organisation_code -> Nullable<Text>,
        from_on -> Nullable<Date>,
        until_on -> Nullable<Date>,
        note -> Text,
        declared_by -> Nullable<Text>,
        declared_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    experts (id) {
        id -> Text,
        account_id -> Nullable<Text>,
        name -> Text,
        email -> Text,
        email_key -> Text,
        employer -> Text,
        employer_code -> Nullable<Text>,
        title -> Text,
        city -> Nullable<Text>,
        fields -> Json,
        load_limit -> Int4,
        status -> Text,
        created_at -> Timestamp,
        version -> Int4,
        pool -> Text,
        term_from -> Nullable<Date>,
        term_to -> Nullable<Date>,
        status_reason -> Nullable<Text>,
        status_changed_by -> Nullable<Text>,
        status_changed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    extra_sheets (assignment_id) {
        assignment_id -> Text,
        items -> Json,
        comments -> Json,
        opinion -> Text,
        status -> Text,
        total -> Nullable<Int4>,
        saved_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        version -> Int4,
    }
}

diesel::table! {
    former_passwords (account_id, version) {
        account_id -> Text,
        version -> Int4,
        password_hash -> Text,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        account_id -> Text,
        role -> Text,
        organisation_id -> Nullable<Text>,
        bureau -> Nullable<Text>,
        expert_id -> Nullable<Text>,
        granted_by -> Nullable<Text>,
        reason -> Text,
        granted_at -> Timestamp,
        ends_on -> Nullable<Date>,
        revoked_at -> Nullable<Timestamp>,
        by_operator -> Bool,
        reminded_days -> Nullable<Int4>,
    }
}

diesel::table! {
    idempotency_keys (owner, key) {
        owner -> Text,
        key -> Text,
        request_sha256 -> Text,
        status -> Nullable<Int4>,
        body -> Nullable<Text>,
        created_at -> Timestamp,
        standing -> Nullable<Text>,
    }
}

diesel::table! {
    join_requests (id) {
        id -> Text,
        organisation_id -> Text,
        account_id -> Text,
        message -> Text,
        status -> Text,
        created_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    list_entries (list_id, position) {
        list_id -> Text,
        position -> Int4,
        application_id -> Nullable<Text>,
        organisation_id -> Nullable<Text>,
        organisation_name -> Text,
        product -> Text,
        credit_code -> Nullable<Text>,
        city -> Nullable<Text>,
        result -> Text,
        shown -> Json,
        category_type -> Nullable<Text>,
        in_province -> Nullable<Bool>,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    mail_batches (id) {
        id -> Text,
        act -> Text,
        subject -> Text,
        title -> Text,
        letters -> Int4,
        note -> Text,
        held_until -> Timestamp,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        released_by -> Nullable<Text>,
        released_at -> Nullable<Timestamp>,
        version -> Int4,
        bureau -> Nullable<Text>,
    }
}

diesel::table! {
    mail_mutes (account_id, mail_group) {
        account_id -> Text,
        mail_group -> Text,
        muted_at -> Timestamp,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        message_id -> Text,
        account_id -> Nullable<Text>,
        to_address -> Text,
        template -> Text,
        subject -> Text,
        body -> Text,
        created_at -> Timestamp,
        next_attempt_at -> Timestamp,
        locked_until -> Nullable<Timestamp>,
        attempts -> Int4,
        sent_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        secret_until -> Nullable<Timestamp>,
        sealed -> Bool,
        unsubscribe -> Nullable<Text>,
        read_at -> Nullable<Timestamp>,
        site_only -> Bool,
        language -> Text,
        batch_id -> Nullable<Text>,
        note -> Text,
        application_id -> Nullable<Text>,
        own_note -> Text,
    }
}

diesel::table! {
    membership_proposals (id) {
        id -> Text,
        membership_id -> Text,
        kind -> Text,
        status -> Text,
        reason -> Text,
        basis -> Text,
        barred_until -> Nullable<Date>,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        organisation_id -> Text,
        application_id -> Text,
        list_id -> Text,
        category -> Text,
        city -> Nullable<Text>,
        certificate_number -> Text,
        valid_from -> Date,
        valid_to -> Date,
        standing -> Text,
        created_at -> Timestamp,
        version -> Int4,
        certificate_seal -> Nullable<Text>,
    }
}

diesel::table! {
    notice_entries (notice_id, position) {
        notice_id -> Text,
        application_id -> Text,
        position -> Int4,
        shown -> Json,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        call_id -> Text,
        number -> Text,
        title -> Text,
        body -> Text,
        starts_on -> Date,
        ends_on -> Date,
        ends_at -> Timestamp,
        opened_by -> Text,
        opened_at -> Timestamp,
    }
}

diesel::table! {
    objection_evidence (id) {
        id -> Text,
        objection_id -> Text,
        name -> Text,
        sha256 -> Text,
        bytes -> Int8,
        file_type -> Text,
    }
}

diesel::table! {
    objection_identities (objection_id) {
        objection_id -> Text,
        kind -> Text,
        name -> Text,
        phone -> Text,
        email -> Text,
        sealed -> Nullable<Text>,
    }
}

diesel::table! {
    objections (id) {
        id -> Text,
        number -> Text,
        notice_id -> Text,
        application_id -> Text,
        matter -> Text,
        received_at -> Timestamp,
        status -> Text,
        shortcomings -> Json,
        proposed_outcome -> Nullable<Text>,
        proposed_reason -> Nullable<Text>,
        proposed_by -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        version -> Int4,
    }
}

diesel::table! {
    one_time_tokens (id) {
        id -> Text,
        purpose -> Text,
        account_id -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    organisations (id) {
        id -> Text,
        credit_code -> Text,
        name -> Text,
        name_key -> Text,
        registered_area -> Nullable<Text>,
        main_service_city -> Nullable<Text>,
        established_on -> Nullable<Date>,
        address -> Text,
        contact_name -> Text,
        contact_phone -> Text,
        code_check -> Text,
        created_at -> Timestamp,
        version -> Int4,
    }
}

diesel::table! {
    provider_identities (issuer, subject_key) {
        issuer -> Text,
        subject_key -> Text,
        account_id -> Text,
        linked_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    published_lists (id) {
        id -> Text,
        call_id -> Nullable<Text>,
        kind -> Text,
        number -> Nullable<Text>,
        category -> Text,
        year -> Nullable<Int4>,
        title -> Text,
        body -> Text,
        source_url -> Nullable<Text>,
        status -> Text,
        proposed_by -> Nullable<Text>,
        proposed_at -> Timestamp,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
        chain_number -> Nullable<Int4>,
        canonical -> Nullable<Text>,
        sha256 -> Nullable<Text>,
        previous_sha256 -> Nullable<Text>,
        signature -> Nullable<Text>,
        version -> Int4,
        seal -> Nullable<Text>,
    }
}

diesel::table! {
    rankings (application_id) {
        application_id -> Text,
        call_id -> Text,
        place -> Int4,
        score -> Int4,
        plain_mean -> Int4,
        spread -> Int4,
        sheet_count -> Int4,
        trimmed -> Bool,
        short_panel -> Bool,
        to_discuss -> Bool,
        tie_broken_by -> Nullable<Text>,
        ranked_at -> Timestamp,
        panel_score -> Nullable<Int4>,
        extra_score -> Nullable<Int4>,
    }
}

diesel::table! {
    recommendations (id) {
        id -> Text,
        application_id -> Text,
        call_id -> Text,
        bureau -> Text,
        rank -> Int4,
        opinion -> Text,
        recommended_by -> Text,
        recommended_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    recovery_codes (account_id, code) {
        account_id -> Text,
        code -> Text,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    refresh_tokens (id) {
        id -> Text,
        session_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    review_sessions (id) {
        id -> Text,
        call_id -> Text,
        status -> Text,
        due_at -> Timestamp,
        panel -> Json,
        created_by -> Text,
        created_at -> Timestamp,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        version -> Int4,
        draw_id -> Nullable<Text>,
        reserves -> Json,
        load_floor -> Int4,
        wishes -> Json,
        scoring_ended_at -> Nullable<Timestamp>,
        people_at_closing -> Json,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        search -> Text,
        state -> Nullable<Text>,
        call_id -> Nullable<Text>,
        longest_first -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    score_explanations (assignment_id) {
        assignment_id -> Text,
        above -> Bool,
        text -> Nullable<Text>,
        asked_at -> Timestamp,
        explained_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    score_sheets (assignment_id) {
        assignment_id -> Text,
        items -> Json,
        comments -> Json,
        opinion -> Text,
        status -> Text,
        total -> Nullable<Int4>,
        saved_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        version -> Int4,
    }
}

diesel::table! {
    screenings (application_id) {
        application_id -> Text,
        findings -> Json,
        conclusion -> Text,
        reason -> Text,
        screened_by -> Text,
        screened_at -> Timestamp,
    }
}

diesel::table! {
    search_subscriptions (id) {
        id -> Text,
        search -> Json,
        search_key -> Text,
        address_key -> Text,
        address -> Text,
        created_at -> Timestamp,
        confirm_key -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        seen_list -> Int4,
        told_at -> Nullable<Timestamp>,
        language -> Text,
        letter_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    second_factors (account_id) {
        account_id -> Text,
        secret -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> Int8,
        offered -> Nullable<Text>,
        offered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        account_id -> Text,
        kind -> Text,
        user_agent -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        factor_at -> Nullable<Timestamp>,
        is_half -> Bool,
    }
}

diesel::table! {
    sheet_versions (assignment_id, version) {
        assignment_id -> Text,
        version -> Int4,
        items -> Json,
        comments -> Json,
        opinion -> Text,
        total -> Int4,
        submitted_at -> Timestamp,
        ended_at -> Timestamp,
        ended_by -> Text,
    }
}

diesel::table! {
    sign_in_programs (account_id, program) {
        account_id -> Text,
        program -> Text,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    submissions (id) {
        id -> Text,
        application_id -> Text,
        number -> Int4,
        content -> Json,
        sha256 -> Text,
        submitted_by -> Text,
        submitted_at -> Timestamp,
    }
}

diesel::joinable!(applications -> accounts (created_by));
diesel::joinable!(applications -> calls (call_id));
diesel::joinable!(applications -> organisations (organisation_id));
diesel::joinable!(assignments -> applications (application_id));
diesel::joinable!(assignments -> experts (expert_id));
diesel::joinable!(assignments -> review_sessions (session_id));
diesel::joinable!(attachments -> accounts (uploaded_by));
diesel::joinable!(attachments -> applications (application_id));
diesel::joinable!(call_questions -> calls (call_id));
diesel::joinable!(change_sets -> calls (call_id));
diesel::joinable!(checkpoint_leaves -> checkpoints (checkpoint_number));
diesel::joinable!(code_overrides -> organisations (organisation_id));
diesel::joinable!(corrections -> accounts (requested_by));
diesel::joinable!(corrections -> applications (application_id));
diesel::joinable!(decision_entries -> applications (application_id));
diesel::joinable!(decision_entries -> decisions (decision_id));
diesel::joinable!(decisions -> calls (call_id));
diesel::joinable!(digests -> accounts (account_id));
diesel::joinable!(discussion_positions -> assignments (assignment_id));
diesel::joinable!(discussion_positions -> discussions (application_id));
diesel::joinable!(discussions -> applications (application_id));
diesel::joinable!(discussions -> review_sessions (session_id));
diesel::joinable!(draws -> calls (call_id));
diesel::joinable!(event_trees -> checkpoints (checkpoint_number));
diesel::joinable!(expert_ties -> experts (expert_id));
diesel::joinable!(experts -> accounts (account_id));
diesel::joinable!(extra_sheets -> assignments (assignment_id));
diesel::joinable!(former_passwords -> accounts (account_id));
diesel::joinable!(grants -> experts (expert_id));
diesel::joinable!(grants -> organisations (organisation_id));
diesel::joinable!(join_requests -> organisations (organisation_id));
diesel::joinable!(list_entries -> applications (application_id));
diesel::joinable!(list_entries -> organisations (organisation_id));
diesel::joinable!(list_entries -> published_lists (list_id));
diesel::joinable!(mail_mutes -> accounts (account_id));
diesel::joinable!(mails -> accounts (account_id));
diesel::joinable!(membership_proposals -> memberships (membership_id));
diesel::joinable!(memberships -> applications (application_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(memberships -> published_lists (list_id));
diesel::joinable!(notice_entries -> applications (application_id));
diesel::joinable!(notice_entries -> notices (notice_id));
diesel::joinable!(notices -> accounts (opened_by));
diesel::joinable!(notices -> calls (call_id));
diesel::joinable!(objection_evidence -> objections (objection_id));
diesel::joinable!(objection_identities -> objections (objection_id));
diesel::joinable!(objections -> applications (application_id));
diesel::joinable!(objections -> notices (notice_id));
diesel::joinable!(one_time_tokens -> accounts (account_id));
diesel::joinable!(provider_identities -> accounts (account_id));
diesel::joinable!(published_lists -> calls (call_id));
diesel::joinable!(rankings -> applications (application_id));
diesel::joinable!(rankings -> calls (call_id));
diesel::joinable!(recommendations -> accounts (recommended_by));
diesel::joinable!(recommendations -> applications (application_id));
diesel::joinable!(recommendations -> calls (call_id));
diesel::joinable!(recovery_codes -> accounts (account_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(review_sessions -> calls (call_id));
diesel::joinable!(saved_filters -> accounts (account_id));
diesel::joinable!(saved_filters -> calls (call_id));
diesel::joinable!(score_explanations -> assignments (assignment_id));
diesel::joinable!(score_sheets -> assignments (assignment_id));
diesel::joinable!(screenings -> accounts (screened_by));
diesel::joinable!(screenings -> applications (application_id));
diesel::joinable!(second_factors -> accounts (account_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(sheet_versions -> assignments (assignment_id));
diesel::joinable!(sign_in_programs -> accounts (account_id));
diesel::joinable!(submissions -> accounts (submitted_by));
diesel::joinable!(submissions -> applications (application_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    applications,
    assignments,
    attachments,
    attempts,
    call_questions,
    calls,
    chain_heads,
    change_sets,
    checkpoint_leaves,
    checkpoints,
    code_overrides,
    corrections,
    counters,
    deadline_reminders,
    decision_entries,
    decisions,
    digests,
    discussion_positions,
    discussions,
    draws,
    event_trees,
    events,
    expert_ties,
    experts,
    extra_sheets,
    former_passwords,
    grants,
    idempotency_keys,
    join_requests,
    list_entries,
    mail_batches,
    mail_mutes,
    mails,
    membership_proposals,
    memberships,
    notice_entries,
    notices,
    objection_evidence,
    objection_identities,
    objections,
    one_time_tokens,
    organisations,
    provider_identities,
    published_lists,
    rankings,
    recommendations,
    recovery_codes,
    refresh_tokens,
    review_sessions,
    saved_filters,
    score_explanations,
    score_sheets,
    screenings,
    search_subscriptions,
    second_factors,
    sessions,
    sheet_versions,
    sign_in_programs,
    submissions,
);
